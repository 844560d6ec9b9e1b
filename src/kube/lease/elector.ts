import { type Clock, sleep, systemClock } from '../../clock/index.js';
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
  /** This process is the leader. The signal aborts when that is over; running work must end then. */
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
  const candidacy: Candidacy = {
    settings: {
      identity: options.identity,
      onGained: options.onGained ?? (() => undefined),
      onLost: options.onLost ?? (() => undefined),
      onFault: options.onFault ?? (() => undefined),
      leaseSeconds: options.leaseSeconds ?? 15,
      renewSeconds: options.renewSeconds ?? 10,
      retrySeconds: options.retrySeconds ?? 2,
      clock: options.clock ?? systemClock,
      wallClock: options.wallClock ?? (() => new Date()),
      random: options.random ?? Math.random,
    },
    store: leaseStore(client, options),
    stopping: new AbortController(),
    seen: undefined,
    leadership: undefined,
  };
  let running: Promise<void> | undefined;
  return {
    isLeader: () => isLeader(candidacy),
    leader: () => candidacy.seen?.record.holder,
    start: () => void (running ??= run(candidacy)),
    stop: async () => {
      candidacy.stopping.abort();
      await running;
      const held = isLeader(candidacy);
      lose(candidacy, 'the lease was released');
      if (held) await release(candidacy).catch((error: unknown) => candidacy.settings.onFault(toError(error)));
    },
  };
}

type Settings = Required<Omit<ElectorOptions, 'namespace' | 'name'>>;

interface Candidacy {
  readonly settings: Settings;
  readonly store: LeaseStore;
  readonly stopping: AbortController;
  seen: Sighting | undefined;
  leadership: Leadership | undefined;
}

async function run(candidacy: Candidacy): Promise<void> {
  const { settings, stopping } = candidacy;
  const { clock, random, retrySeconds, onFault } = settings;
  while (!stopping.signal.aborted) {
    let failed = false;
    await attempt(candidacy).catch((error: unknown) => {
      failed = true;
      onFault(toError(error));
    });
    const leads = candidacy.leadership !== undefined;
    // Those who wait come at different times; who leads keeps its own.
    const spread = leads ? 1 : 1 + random() / 5;
    // Whoever leads has no time to lose: a few bad answers in a row must not cost the lease.
    const pause = failed && leads ? retrySeconds / 4 : retrySeconds;
    await sleep(clock, pause * 1000 * spread, stopping.signal);
  }
}

async function attempt(candidacy: Candidacy): Promise<void> {
  const { store, stopping } = candidacy;
  const { identity, clock } = candidacy.settings;
  // A process that was frozen finds out here, before it does anything else.
  if (!isLeader(candidacy)) lose(candidacy, 'the time to renew the lease has passed');
  const found = await store.read(patience(candidacy));
  if (found !== undefined) candidacy.seen = sight(candidacy.seen, found.record, clock.now());
  const { seen } = candidacy;
  // Also when somebody has deleted the lease: its holder does not know yet, and goes on.
  if (seen !== undefined && !mayTake(seen, identity, clock.now())) {
    return lose(candidacy, `${String(seen.record.holder)} has taken the lease`);
  }
  if (!stopping.signal.aborted) await write(candidacy, found);
}

async function write(candidacy: Candidacy, found: FoundLease | undefined): Promise<void> {
  const { identity, clock, wallClock, leaseSeconds } = candidacy.settings;
  const sent = clock.now();
  const record = heldBy(identity, leaseSeconds, wallClock(), found?.record);
  const written = await candidacy.store.write(found, record, patience(candidacy));
  if (written === undefined) return;
  candidacy.seen = sight(candidacy.seen, written, clock.now());
  hold(candidacy, sent);
}

/** Counted from before the request went out: whoever saw it arrive saw it later. */
function hold(candidacy: Candidacy, sent: number): void {
  const { clock, renewSeconds, onGained } = candidacy.settings;
  const until = sent + renewSeconds * 1000;
  if (clock.now() >= until) return lose(candidacy, 'the answer to the renewal came too late');
  const callOff = clock.after(until - clock.now(), () => lose(candidacy, 'the lease could not be renewed in time'));
  const { leadership } = candidacy;
  if (leadership !== undefined) {
    leadership.callOff();
    candidacy.leadership = { ...leadership, until, callOff };
    return;
  }
  const over = new AbortController();
  candidacy.leadership = { until, over, callOff };
  guarded(candidacy, () => onGained(over.signal));
}

function lose(candidacy: Candidacy, why: string): void {
  const ended = candidacy.leadership;
  if (ended === undefined) return;
  candidacy.leadership = undefined;
  ended.callOff();
  ended.over.abort();
  guarded(candidacy, () => candidacy.settings.onLost(why));
}

function guarded({ settings }: Candidacy, action: () => void): void {
  try {
    action();
  } catch (error) {
    settings.onFault(toError(error));
  }
}

function isLeader({ leadership, settings }: Candidacy): boolean {
  return leadership !== undefined && settings.clock.now() < leadership.until;
}

/** Short enough that a connection that is dead can be given up, and another one tried, before the time is over. */
function patience({ leadership, settings: { clock, renewSeconds } }: Candidacy): number {
  const left = leadership === undefined ? Infinity : Math.max(0, leadership.until - clock.now());
  return Math.min(left, (renewSeconds * 1000) / 2);
}

async function release({ store, settings: { identity, wallClock } }: Candidacy): Promise<void> {
  const milliseconds = 3_000;
  const found = await store.read(milliseconds);
  if (found?.record.holder !== identity) return;
  await store.write(found, released(found.record, wallClock()), milliseconds);
}

/** The time in which we lead. */
interface Leadership {
  readonly until: number;
  readonly over: AbortController;
  readonly callOff: () => void;
}
