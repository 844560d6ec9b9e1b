/**
 * What goes before what: events, then what has to be looked at again since something about all of it changed, then the resync.
 * The last two are background.
 */
export const priorities = ['event', 'refresh', 'resync'] as const;
export type Priority = (typeof priorities)[number];

/** How the work on a key ended. */
export type Ending =
  | { readonly kind: 'Done' }
  /** It went well, and is due again. */
  | { readonly kind: 'Again'; readonly milliseconds: number }
  /** It failed, and waits; an event brings it forward, but not before `atLeast`. */
  | { readonly kind: 'Failed'; readonly milliseconds: number; readonly atLeast: number };

/** What is to be worked on, when, in which order. A value of time is handed in; nothing here waits. */
export interface Schedule {
  readonly add: (key: string, priority: Priority, now: number) => void;
  /** The next key that is due and not being worked on; it is being worked on from then on. Of the background only where that may be. */
  readonly take: (now: number, background?: boolean) => Taken | undefined;
  readonly end: (key: string, ending: Ending, now: number) => void;
  /** Before this moment no other key is due. */
  readonly nextDue: () => number | undefined;
  /** Failures in a row of a key. */
  readonly failures: (key: string) => number;
  /** Forgets all that is not due yet. */
  readonly dropDelayed: () => void;
  readonly counts: () => ScheduleCounts;
}

export interface Taken {
  readonly key: string;
  readonly priority: Priority;
}

export interface ScheduleCounts {
  readonly event: number;
  readonly refresh: number;
  readonly resync: number;
  readonly delayed: number;
  readonly active: number;
  /** Those of the active that are background. */
  readonly background: number;
}

/** Nothing to do, to begin with. Of the keys of one group one is worked on at a time; by default every key is a group of its own. */
export function createSchedule(groupOf: (key: string) => string = (key) => key): Schedule {
  const state: State = {
    groupOf,
    groups: new Set(),
    ready: { event: new Set(), refresh: new Set(), resync: new Set() },
    delayed: new Map(),
    active: new Map(),
    failures: new Map(),
    soonest: Infinity,
  };
  return {
    add: (key, priority, now) => add(state, key, priority, now),
    take: (now, background = true) => take(state, now, background),
    end: (key, ending, now) => end(state, key, ending, now),
    nextDue: () => (state.delayed.size === 0 ? undefined : state.soonest),
    failures: (key) => state.failures.get(key) ?? 0,
    dropDelayed: () => state.delayed.clear(),
    counts: () => countsOf(state),
  };
}

interface State {
  readonly groupOf: (key: string) => string;
  /** The groups of the keys that are being worked on. */
  readonly groups: Set<string>;
  readonly ready: Readonly<Record<Priority, Set<string>>>;
  readonly delayed: Map<string, Delayed>;
  readonly active: Map<string, Active>;
  /** Failures in a row. */
  readonly failures: Map<string, number>;
  /** Not later than the first of the delayed; saves looking through all of them at every turn. */
  soonest: number;
}

function makeReady({ ready }: State, key: string, priority: Priority): void {
  const before = priorities.find((one) => ready[one].has(key));
  if (before !== undefined && first(before, priority) === before) return;
  if (before !== undefined) ready[before].delete(key);
  ready[priority].add(key);
}

/** The one of two that goes before the other. */
function first(one: Priority, other: Priority): Priority {
  return priorities.indexOf(one) <= priorities.indexOf(other) ? one : other;
}

function delay(state: State, key: string, entry: Delayed): void {
  state.delayed.set(key, entry);
  state.soonest = Math.min(state.soonest, entry.due);
}

function add(state: State, key: string, priority: Priority, now: number): void {
  const working = state.active.get(key);
  if (working !== undefined) {
    state.active.set(key, { ...working, asked: first(working.asked ?? priority, priority) });
    return;
  }
  const waiting = state.delayed.get(key);
  if (waiting === undefined) return makeReady(state, key, priority);
  // A resync does not shorten the backoff of a failure.
  if (priority === 'resync' && waiting.failed) return;
  if (now >= waiting.atLeast) {
    state.delayed.delete(key);
    makeReady(state, key, priority);
  } else delay(state, key, { ...waiting, priority, due: waiting.atLeast });
}

function wake(state: State, now: number): void {
  if (now < state.soonest) return;
  state.soonest = Infinity;
  for (const [key, { due, priority }] of state.delayed) {
    if (due > now) {
      state.soonest = Math.min(state.soonest, due);
      continue;
    }
    state.delayed.delete(key);
    makeReady(state, key, priority);
  }
}

function take(state: State, now: number, background: boolean): Taken | undefined {
  wake(state, now);
  for (const priority of background ? priorities : (['event'] as const)) {
    const key = firstFree(state, priority);
    if (key === undefined) continue;
    state.ready[priority].delete(key);
    state.active.set(key, { priority });
    state.groups.add(state.groupOf(key));
    return { key, priority };
  }
  return undefined;
}

function firstFree({ ready, groups, groupOf }: State, priority: Priority): string | undefined {
  for (const key of ready[priority]) if (!groups.has(groupOf(key))) return key;
  return undefined;
}

function end(state: State, key: string, ending: Ending, now: number): void {
  const { priority = 'event', asked } = state.active.get(key) ?? {};
  state.active.delete(key);
  state.groups.delete(state.groupOf(key));
  if (ending.kind === 'Failed') state.failures.set(key, (state.failures.get(key) ?? 0) + 1);
  else state.failures.delete(key);
  if (ending.kind === 'Again') {
    delay(state, key, { due: now + ending.milliseconds, atLeast: now, priority: 'resync', failed: false });
  }
  if (ending.kind === 'Failed') {
    const due = now + Math.max(ending.milliseconds, ending.atLeast);
    delay(state, key, { due, atLeast: now + ending.atLeast, priority, failed: true });
  }
  if (asked !== undefined) add(state, key, asked, now);
}

function countsOf({ ready, delayed, active }: State): ScheduleCounts {
  return {
    event: ready.event.size,
    refresh: ready.refresh.size,
    resync: ready.resync.size,
    delayed: delayed.size,
    active: active.size,
    background: [...active.values()].filter(({ priority }) => priority !== 'event').length,
  };
}

interface Active {
  readonly priority: Priority;
  /** What was asked meanwhile. */
  readonly asked?: Priority;
}

interface Delayed {
  readonly due: number;
  /** Not even an event brings it forward to before this. */
  readonly atLeast: number;
  readonly priority: Priority;
  readonly failed: boolean;
}
