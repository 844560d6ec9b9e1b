/** Events go before the sweep. */
export type Priority = 'event' | 'sweep';

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
  /** The next key that is due and not being worked on; it is being worked on from then on. */
  readonly take: (now: number) => Taken | undefined;
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
  readonly sweep: number;
  readonly delayed: number;
  readonly active: number;
  /** Those of the active that the sweep asked for. */
  readonly sweeping: number;
}

/** Nothing to do, to begin with. */
export function createSchedule(): Schedule {
  const ready: Readonly<Record<Priority, Set<string>>> = { event: new Set(), sweep: new Set() };
  const delayed = new Map<string, Delayed>();
  const active = new Map<string, Active>();
  const failures = new Map<string, number>();
  // Not later than the first of the delayed; saves looking through all of them at every turn.
  let soonest = Infinity;

  const makeReady = (key: string, priority: Priority): void => {
    if (priority === 'event') ready.sweep.delete(key);
    else if (ready.event.has(key)) return;
    ready[priority].add(key);
  };
  const add: Schedule['add'] = (key, priority, now) => {
    const working = active.get(key);
    if (working !== undefined) {
      active.set(key, { ...working, asked: working.asked === 'event' ? 'event' : priority });
      return;
    }
    const waiting = delayed.get(key);
    if (waiting === undefined) return makeReady(key, priority);
    // A sweep does not cut short what a failure has put off.
    if (priority === 'sweep' && waiting.failed) return;
    if (now >= waiting.atLeast) {
      delayed.delete(key);
      makeReady(key, priority);
    } else delay(key, { ...waiting, priority, due: waiting.atLeast });
  };
  const delay = (key: string, entry: Delayed): void => {
    delayed.set(key, entry);
    soonest = Math.min(soonest, entry.due);
  };
  const wake = (now: number): void => {
    if (now < soonest) return;
    soonest = Infinity;
    for (const [key, { due, priority }] of delayed) {
      if (due > now) {
        soonest = Math.min(soonest, due);
        continue;
      }
      delayed.delete(key);
      makeReady(key, priority);
    }
  };

  return {
    add,
    take: (now) => {
      wake(now);
      const priority = ready.event.size > 0 ? 'event' : 'sweep';
      const [key] = ready[priority];
      if (key === undefined) return undefined;
      ready[priority].delete(key);
      active.set(key, { priority });
      return { key, priority };
    },
    end: (key, ending, now) => {
      const { priority = 'event', asked } = active.get(key) ?? {};
      active.delete(key);
      if (ending.kind === 'Failed') failures.set(key, (failures.get(key) ?? 0) + 1);
      else failures.delete(key);
      if (ending.kind === 'Again') {
        delay(key, { due: now + ending.milliseconds, atLeast: now, priority: 'sweep', failed: false });
      }
      if (ending.kind === 'Failed') {
        const due = now + Math.max(ending.milliseconds, ending.atLeast);
        delay(key, { due, atLeast: now + ending.atLeast, priority, failed: true });
      }
      if (asked !== undefined) add(key, asked, now);
    },
    nextDue: () => (delayed.size === 0 ? undefined : soonest),
    failures: (key) => failures.get(key) ?? 0,
    dropDelayed: () => delayed.clear(),
    counts: () => ({
      event: ready.event.size,
      sweep: ready.sweep.size,
      delayed: delayed.size,
      active: active.size,
      sweeping: [...active.values()].filter(({ priority }) => priority === 'sweep').length,
    }),
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
