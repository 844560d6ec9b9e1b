/** What is gathered for one integration until no new one has come for a while. */
export interface Gathering {
  /** Objects that are being deleted. */
  readonly objects: Set<string>;
  /** Objects with repositories whose image streams are no longer stated. */
  readonly repositories: Set<string>;
  /** When it is closed, by the clock of the process. */
  until: number;
}

/** One gathering for every integration. */
export interface Gatherings {
  readonly of: (integration: string) => Gathering;
  /** Takes an object in; a new one keeps the gathering open for another while. */
  readonly include: (integration: string, object: string, kind: 'objects' | 'repositories') => void;
  readonly areClosed: () => boolean;
}

/** Nothing is gathered, to begin with; `milliseconds` is the while. */
export function createGatherings(milliseconds: number): Gatherings {
  const all = new Map<string, Gathering>();
  const of: Gatherings['of'] = (integration) => {
    const known = all.get(integration) ?? { objects: new Set(), repositories: new Set(), until: 0 };
    all.set(integration, known);
    return known;
  };
  return {
    of,
    include: (integration, object, kind) => {
      const gathering = of(integration);
      if (!gathering[kind].has(object)) gathering.until = performance.now() + milliseconds;
      gathering[kind].add(object);
    },
    areClosed: () => {
      const now = performance.now();
      return [...all.values()].every(({ until }) => until <= now);
    },
  };
}
