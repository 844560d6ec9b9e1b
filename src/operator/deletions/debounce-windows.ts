/** What is gathered for one integration until no new one has come for a while. */
export interface Gathering {
  /** Objects that are being deleted. */
  readonly objects: Set<string>;
  /** Objects with repositories whose image streams are no longer stated. */
  readonly repositories: Set<string>;
}

/** One gathering for every integration. */
export interface Gatherings {
  readonly of: (integration: string) => Gathering;
  /** Takes an object in; a new one keeps the gathering open for another while. */
  readonly include: (integration: string, object: string, kind: keyof Gathering) => void;
  /** Milliseconds that it stays open yet; 0 once it may be decided. */
  readonly left: (integration: string) => number;
  /** Ends the gathering and gives what it holds; what comes from now on is gathered anew. */
  readonly close: (integration: string) => { readonly [Kind in keyof Gathering]: ReadonlySet<string> };
  readonly areClosed: () => boolean;
}

interface Options {
  /** Milliseconds without a new one. */
  readonly quiet: number;
  /** Whether objects wait to be looked at that may turn out to belong to it. */
  readonly isBacklogged: () => boolean;
}

const lookAgain = 1_000;
/** Milliseconds that a backlog may keep a gathering open: a registry that does not answer must not hold up all others. */
const longest = 600_000;

interface Open extends Gathering {
  /** When the first new one came, by the clock of the process. */
  since: number;
  until: number;
}

/** Nothing is gathered, to begin with. */
export function createGatherings({ quiet, isBacklogged }: Options): Gatherings {
  const all = new Map<string, Open>();
  const of = (integration: string): Open => {
    const known = all.get(integration) ?? { objects: new Set(), repositories: new Set(), since: Infinity, until: 0 };
    all.set(integration, known);
    return known;
  };
  const leftOf = ({ since, until }: Open): number => {
    const now = performance.now();
    if (until > now) return until - now;
    return since + longest > now && since < Infinity && isBacklogged() ? lookAgain : 0;
  };
  return {
    of,
    include: (integration, object, kind) => {
      const gathering = of(integration);
      const now = performance.now();
      if (!gathering[kind].has(object)) {
        gathering.until = now + quiet;
        gathering.since = Math.min(gathering.since, now);
      }
      gathering[kind].add(object);
    },
    left: (integration) => leftOf(of(integration)),
    close: (integration) => {
      const gathering = of(integration);
      const held = { objects: new Set(gathering.objects), repositories: new Set(gathering.repositories) };
      gathering.objects.clear();
      gathering.repositories.clear();
      gathering.since = Infinity;
      return held;
    },
    areClosed: () => [...all.values()].every((gathering) => leftOf(gathering) === 0),
  };
}
