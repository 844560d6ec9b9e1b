/** The deletions of one integration that are collected until no new one has come for a while. */
export interface DebounceWindow {
  /** Objects that are being deleted. */
  readonly objects: Set<string>;
  /** Objects with repositories whose image streams are no longer declared. */
  readonly repositories: Set<string>;
}

/** One debounce window for every integration. */
export interface DebounceWindows {
  readonly of: (integration: string) => DebounceWindow;
  /** Adds an object; a new one extends the window. */
  readonly include: (integration: string, object: string, kind: keyof DebounceWindow) => void;
  /** Milliseconds that it stays open yet; 0 once it may be decided. */
  readonly left: (integration: string) => number;
  /** Closes the window and returns its content; later objects open a new one. */
  readonly close: (integration: string) => { readonly [Kind in keyof DebounceWindow]: ReadonlySet<string> };
  readonly areClosed: () => boolean;
}

interface Options {
  /** Milliseconds without a new one. */
  readonly quiet: number;
  /** Whether objects wait to be reconciled that may belong to it. */
  readonly isBacklogged: () => boolean;
}

const lookAgain = 1_000;
/** Milliseconds that a backlog may keep a window open: a registry that does not answer must not hold up all others. */
const longest = 600_000;

interface Open extends DebounceWindow {
  /** When the first new one came, by the clock of the process. */
  since: number;
  until: number;
}

/** All windows are closed at first. */
export function createDebounceWindows({ quiet, isBacklogged }: Options): DebounceWindows {
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
      const debouncing = of(integration);
      const now = performance.now();
      if (!debouncing[kind].has(object)) {
        debouncing.until = now + quiet;
        debouncing.since = Math.min(debouncing.since, now);
      }
      debouncing[kind].add(object);
    },
    left: (integration) => leftOf(of(integration)),
    close: (integration) => {
      const debouncing = of(integration);
      const held = { objects: new Set(debouncing.objects), repositories: new Set(debouncing.repositories) };
      debouncing.objects.clear();
      debouncing.repositories.clear();
      debouncing.since = Infinity;
      return held;
    },
    areClosed: () => [...all.values()].every((debouncing) => leftOf(debouncing) === 0),
  };
}
