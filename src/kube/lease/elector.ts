import { type Clock, systemClock } from '../clock/clock.js';
import { sleep } from '../clock/sleep.js';
import { type KubeClient } from '../client/kube-client.js';
import { toError } from '../../errors/index.js';
import { mayTake, type Sighting, sight } from './claim.js';
import { heldBy, released } from './lease-record.js';
import { type FoundLease, type LeaseStore, leaseStore } from './lease-store.js';

export interface ElectorOptions {
  readonly namespace: string;
  readonly name: string;
  /** Who we are; no two may have the same. */
  readonly identity: string;
  /** We lead now. The signal says when that is over; what was begun must end then. */
  readonly onGained?: (signal: AbortSignal) => void;
  readonly onLost?: (why: string) => void;
  /** A try that failed, or a callback that threw. */
  readonly onFault?: (error: Error) => void;
  /** How long a lease holds. Default 15. */
  readonly leaseSeconds?: number;
  /** How long after its last renewal we still act as leader. Default 10. */
  readonly renewSeconds?: number;
  /** Between two tries. Default 2. */
  readonly retrySeconds?: number;
  readonly clock?: Clock;
  /** Only for the times that people read. */
  readonly wallClock?: () => Date;
  readonly random?: () => number;
}

export interface Elector {
  /** Whether we lead at this moment, by a clock that only goes forward: asked for before every write. */
  readonly isLeader: () => boolean;
  /** Who holds the lease as far as we have seen. */
  readonly leader: () => string | undefined;
  readonly start: () => void;
  /** Stops, and lets the lease go so that the next need not wait. All that only the leader may do must have ended before. */
  readonly stop: () => Promise<void>;
}

/** Takes part in the election of a leader until it is stopped. Who has lost tries again. */
export function createElector(client: Pick<KubeClient, 'call'>, options: ElectorOptions): Elector {
  const { identity, clock = systemClock, wallClock = () => new Date(), random = Math.random } = options;
  const { leaseSeconds = 15, renewSeconds = 10, retrySeconds = 2, onFault = () => undefined } = options;
  const store = leaseStore(client, options);
  const stopping = new AbortController();
  let seen: Sighting | undefined;
  let term: Term | undefined;
  let running: Promise<void> | undefined;

  const isLeader = (): boolean => term !== undefined && clock.now() < term.until;
  const guarded = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      onFault(toError(error));
    }
  };
  const lose = (why: string): void => {
    const ended = term;
    if (ended === undefined) return;
    term = undefined;
    ended.callOff();
    ended.over.abort();
    guarded(() => options.onLost?.(why));
  };
  // Counted from before the request went out: whoever saw it arrive saw it later.
  const hold = (sent: number): void => {
    const until = sent + renewSeconds * 1000;
    if (clock.now() >= until) return lose('the answer to the renewal came too late');
    const callOff = clock.after(until - clock.now(), () => lose('the lease could not be renewed in time'));
    if (term !== undefined) {
      term.callOff();
      term = { ...term, until, callOff };
      return;
    }
    const over = new AbortController();
    term = { until, over, callOff };
    guarded(() => options.onGained?.(over.signal));
  };
  // Short enough that a connection that is dead can be given up, and another one tried, before the time is over.
  const patience = (): number => {
    const left = term === undefined ? Infinity : Math.max(0, term.until - clock.now());
    return Math.min(left, (renewSeconds * 1000) / 2);
  };
  const write = async (found: FoundLease | undefined): Promise<void> => {
    const sent = clock.now();
    const written = await store.write(found, heldBy(identity, leaseSeconds, wallClock(), found?.record), patience());
    if (written === undefined) return;
    seen = sight(seen, written, clock.now());
    hold(sent);
  };
  const attempt = async (): Promise<void> => {
    // A process that was frozen finds out here, before it does anything else.
    if (!isLeader()) lose('the time to renew the lease has passed');
    const found = await store.read(patience());
    if (found !== undefined) seen = sight(seen, found.record, clock.now());
    // Also when somebody has deleted the lease: its holder does not know yet, and goes on.
    if (seen !== undefined && !mayTake(seen, identity, clock.now())) {
      return lose(`${String(seen.record.holder)} has taken the lease`);
    }
    if (!stopping.signal.aborted) await write(found);
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      let failed = false;
      await attempt().catch((error: unknown) => {
        failed = true;
        onFault(toError(error));
      });
      // Those who wait come at different times; who leads keeps its own.
      const spread = term === undefined ? 1 + random() / 5 : 1;
      // Whoever leads has no time to lose: a few bad answers in a row must not cost the lease.
      const pause = failed && term !== undefined ? retrySeconds / 4 : retrySeconds;
      await sleep(clock, pause * 1000 * spread, stopping.signal);
    }
  };

  return {
    isLeader,
    leader: () => seen?.record.holder,
    start: () => void (running ??= run()),
    stop: async () => {
      stopping.abort();
      await running;
      const held = isLeader();
      lose('it was let go');
      if (held) await release(store, identity, wallClock()).catch((error: unknown) => onFault(toError(error)));
    },
  };
}

/** The time in which we lead. */
interface Term {
  readonly until: number;
  readonly over: AbortController;
  readonly callOff: () => void;
}

async function release(store: LeaseStore, identity: string, at: Date): Promise<void> {
  const patience = 3_000;
  const found = await store.read(patience);
  if (found?.record.holder === identity) await store.write(found, released(found.record, at), patience);
}
