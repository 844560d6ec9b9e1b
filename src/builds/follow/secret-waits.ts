import { type Clock, systemClock } from '../../clock/index.js';
import { type Again } from '../../kube/index.js';
import { type BuildRecord } from '../import-record.js';
import { awaitsPushSecret, type AwaitingBuild } from '../outlook.js';
import { cancelBuild } from './cancel-build.js';
import { cancelledNotice, waitingNotice } from './events.js';
import { type FollowContext } from './options.js';
import { type Bad, type Hopelessness, reportedWait, seenWaiting, type Wait, weigh } from './secret-wait.js';

/** The Builds whose pods wait for the push secret that the webhook named. */
export interface SecretWaits {
  /** By `namespace/name`. */
  readonly has: (key: string) => boolean;
  /** Looks at a Build; after two minutes of waiting that is told, and a Build without hope cancelled. */
  readonly look: (context: FollowContext, key: string, build: BuildRecord | undefined) => Promise<Again | undefined>;
}

/** How soon a Build is looked at again whose organization may have changed meanwhile. */
const again = { again: { milliseconds: 30_000 } };

/** None that is known of. The time counts from when this process saw a Build wait: no other clock agrees with its own. */
export function createSecretWaits(clock: Clock = systemClock): SecretWaits {
  const waits = new Map<string, Wait>();
  return {
    has: (key) => waits.has(key),
    look: async (context, key, build) => {
      const look = { waits, context, key };
      if (build === undefined || !awaitsPushSecret(build)) {
        keep(look, undefined);
        return undefined;
      }
      const [now, patience] = [clock.now(), context.secretPatience];
      const seen = seenWaiting(waits.get(key), build, now);
      keep(look, seen);
      const left = seen.since + patience - now;
      if (left > 0) return { again: { milliseconds: left } };
      const { wait, step } = weigh(seen, build, context.outlookOf(build), { now, patience });
      keep(look, wait);
      if (step.does === 'Wait') return { again: { milliseconds: step.milliseconds } };
      if (step.does === 'Cancel') return cancel(look, build, wait, step.bad);
      if (step.does === 'Report') report(look, build, wait, step.bad);
      return again;
    },
  };
}

/** A look at one Build. */
interface Look {
  readonly waits: Map<string, Wait>;
  readonly context: FollowContext;
  readonly key: string;
}

function keep({ waits, context, key }: Look, wait: Wait | undefined): void {
  const before = waits.get(key)?.reported;
  if (wait === undefined) waits.delete(key);
  else waits.set(key, wait);
  if (before?.why === wait?.reported?.why) return;
  context.onWaiting([...waits.values()].flatMap(({ reported }) => (reported === undefined ? [] : [reported])));
}

function report(look: Look, build: AwaitingBuild, wait: Wait, bad: Bad): void {
  if (wait.reported === undefined) {
    look.context.recordEvent(waitingNotice(build, bad.why, bad.state === 'Hopeless'));
  }
  keep(look, reportedWait(wait, build, bad));
}

async function cancel(look: Look, build: AwaitingBuild, wait: Wait, bad: Hopelessness): Promise<Again | undefined> {
  const isCancelled = await cancelBuild(look.context, build, bad.reason).catch((error: unknown) => {
    report(look, build, wait, bad);
    throw error;
  });
  if (!isCancelled) return again;
  look.context.recordEvent(cancelledNotice(build, bad.why));
  keep(look, undefined);
  return undefined;
}
