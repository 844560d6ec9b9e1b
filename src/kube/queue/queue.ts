import { RetryableError } from '../../errors/index.js';
import { type Backoff, backoff, type Clock, sleep, systemClock } from '../../clock/index.js';
import { createSchedule, type Ending, type Priority, type Schedule, type ScheduleCounts } from './schedule.js';

/** One turn of work. */
export interface Turn {
  readonly priority: Priority;
  /** Failures in a row before this one. */
  readonly failures: number;
  /** Says that the time to finish is over. */
  readonly signal: AbortSignal;
}

/** When a key is due again although all went well; nothing means: when something happens. */
export interface Again {
  readonly again: { readonly milliseconds: number };
}

/** A failure, and when it is tried again. */
export interface WorkFault {
  readonly key: string;
  readonly error: unknown;
  readonly failures: number;
  readonly milliseconds: number;
}

export interface QueueOptions {
  /** Works on a key, never on the same one twice at once. What it throws is tried again. */
  readonly work: (key: string, turn: Turn) => Promise<Again | undefined | void>;
  /** Keys at a time. */
  readonly concurrency: number;
  /** How many of them are kept free of background. Default: a quarter. */
  readonly reserved?: number;
  /** Of the keys of one group one is worked on at a time. Default: every key is a group of its own. */
  readonly groupOf?: (key: string) => string;
  readonly onFault?: (fault: WorkFault) => void;
  /** Default: 1 s, doubled up to 5 minutes. */
  readonly backoff?: Backoff;
  readonly clock?: Clock;
  readonly random?: () => number;
}

export interface Queue {
  readonly add: (key: string, priority?: Priority) => void;
  readonly counts: () => ScheduleCounts;
  /** Nothing is due or being worked on. */
  readonly isIdle: () => boolean;
  /**
   * Takes nothing in any more, finishes within the time what is due, or only what is being worked on; then tells the rest to
   * stop and waits for it. Gives how many keys were left.
   */
  readonly drain: (milliseconds: number, scope?: DrainScope) => Promise<number>;
}

/** What is finished at the end. @default 'Due' */
export type DrainScope = 'Due' | 'Active';

/** A queue of keys: each is there once, failures are tried again later and later, events go before the background. */
export function createQueue(options: QueueOptions): Queue {
  const { clock = systemClock, concurrency, reserved = Math.floor(concurrency / 4) } = options;
  const schedule = createSchedule(options.groupOf);
  const stopping = new AbortController();
  const idle: (() => void)[] = [];
  let callOff: () => void = () => undefined;
  let open = true;
  let begins = true;

  const work = async (key: string, priority: Priority): Promise<void> => {
    const turn: Turn = { priority, failures: schedule.failures(key), signal: stopping.signal };
    const ending = await turnOf(key, turn, options);
    schedule.end(key, ending, clock.now());
    pump();
  };
  const pump = (): void => {
    callOff();
    if (!open) schedule.dropDelayed();
    const now = clock.now();
    while (begins && !stopping.signal.aborted && schedule.counts().active < concurrency) {
      const taken = schedule.take(now, schedule.counts().background < concurrency - reserved);
      if (taken === undefined) break;
      void work(taken.key, taken.priority);
    }
    const due = schedule.nextDue();
    if (begins && due !== undefined) callOff = clock.after(Math.max(0, due - now), pump);
    if (isIdle(schedule, begins && !stopping.signal.aborted)) idle.splice(0).forEach((resolve) => resolve());
  };

  return {
    add: (key, priority = 'event') => {
      if (!open) return;
      schedule.add(key, priority, clock.now());
      pump();
    },
    counts: schedule.counts,
    isIdle: () => schedule.counts().active + dueIn(schedule) === 0,
    drain: async (milliseconds, scope = 'Due') => {
      open = false;
      begins = scope === 'Due';
      const empty = new Promise<void>((resolve) => idle.push(resolve));
      const finished = new AbortController();
      void empty.then(() => finished.abort());
      pump();
      await sleep(clock, milliseconds, finished.signal);
      stopping.abort();
      pump();
      await empty;
      return dueIn(schedule);
    },
  };
}

function isIdle(schedule: Schedule, begins: boolean): boolean {
  return schedule.counts().active === 0 && (!begins || dueIn(schedule) === 0);
}

function dueIn(schedule: Schedule): number {
  const { event, refresh, resync } = schedule.counts();
  return event + refresh + resync;
}

async function turnOf(key: string, turn: Turn, options: QueueOptions): Promise<Ending> {
  const { work, onFault, random, backoff: times = { first: 1_000, most: 300_000 } } = options;
  try {
    const result = await work(key, turn);
    return result === undefined ? { kind: 'Done' } : { kind: 'Again', milliseconds: result.again.milliseconds };
  } catch (error) {
    const failures = turn.failures + 1;
    const asked = error instanceof RetryableError ? (error.retryAfter ?? 0) * 1000 : 0;
    const atLeast = Math.max(times.first / 2, asked);
    const milliseconds = Math.max(backoff(times, failures, random), atLeast);
    onFault?.({ key, error, failures, milliseconds });
    return { kind: 'Failed', milliseconds, atLeast };
  }
}
