import { type Clock, systemClock } from '../../clock/index.js';
import { type Again } from '../../kube/index.js';
import { type BuildRecord } from '../import-record.js';
import { awaitsPushSecret, type AwaitingBuild, type Outlook } from '../outlook.js';
import { cancelBuild } from './cancel-build.js';
import { cancelledNotice, waitingNotice } from './events.js';
import { type FollowContext, type WaitingBuild } from './options.js';

/** The Builds whose pods wait for the push secret that the webhook named. */
export interface SecretWaits {
  /** By `namespace/name`. */
  readonly has: (key: string) => boolean;
  /** Looks at a Build; after two minutes of waiting that is told, and a Build without hope cancelled. */
  readonly look: (context: FollowContext, key: string, build: BuildRecord | undefined) => Promise<Again | undefined>;
}

/** One Build of a name follows another, so the UID counts. */
interface Wait {
  readonly uid: string;
  readonly since: number;
  /** Why the Secret cannot come, and since when that is so. */
  readonly hopeless?: { readonly reason: string; readonly since: number };
  /** What was told last. */
  readonly reported?: WaitingBuild;
}

type Bad = Extract<Outlook, { readonly why: string }>;

/** How soon a Build is looked at again whose organization may have changed meanwhile. */
const again = { again: { milliseconds: 30_000 } };

/** None that is known of. The time counts from when this process saw a Build wait: no other clock agrees with its own. */
export function createSecretWaits(clock: Clock = systemClock): SecretWaits {
  const waits = new Map<string, Wait>();
  const keep = (context: FollowContext, key: string, wait: Wait | undefined): void => {
    const before = waits.get(key)?.reported;
    if (wait === undefined) waits.delete(key);
    else waits.set(key, wait);
    if (before?.why === wait?.reported?.why) return;
    context.onWaiting([...waits.values()].flatMap(({ reported }) => (reported === undefined ? [] : [reported])));
  };
  const tell = (context: FollowContext, key: string, build: AwaitingBuild, bad: Bad): void => {
    const { namespace, name, uid, awaited } = build;
    const { since = clock.now(), reported: before, hopeless } = waits.get(key) ?? {};
    const { integration, why } = bad;
    if (before === undefined) context.recordEvent(waitingNotice(build, why, bad.state === 'Hopeless'));
    const reported = {
      namespace,
      build: name,
      pushSecret: awaited.pushSecret,
      why,
      ...(integration && { integration }),
    };
    keep(context, key, { uid, since, reported, ...(hopeless && { hopeless }) });
  };
  const giveUp = async (
    context: FollowContext,
    key: string,
    build: AwaitingBuild,
    bad: Extract<Bad, { readonly state: 'Hopeless' }>,
  ): Promise<Again | undefined> => {
    const isCancelled = await cancelBuild(context, build, bad.reason).catch((error: unknown) => {
      tell(context, key, build, bad);
      throw error;
    });
    if (!isCancelled) return again;
    context.recordEvent(cancelledNotice(build, bad.why));
    keep(context, key, undefined);
    return undefined;
  };
  /** An integration that is replaced, or a label that is gone for a moment, must cost no Build: the same reason has to last. */
  const hopeLeft = (context: FollowContext, key: string, outlook: Outlook): number => {
    const wait = waits.get(key);
    if (wait === undefined) return context.secretPatience;
    const { hopeless: before, ...rest } = wait;
    const since = outlook.state === 'Hopeless' && before?.reason === outlook.reason ? before.since : clock.now();
    const hopeless = outlook.state === 'Hopeless' ? { reason: outlook.reason, since } : undefined;
    keep(context, key, { ...rest, ...(hopeless && { hopeless }) });
    return since + context.secretPatience - clock.now();
  };
  const decide = async (context: FollowContext, key: string, build: AwaitingBuild): Promise<Again | undefined> => {
    const outlook = context.outlookOf(build);
    const left = hopeLeft(context, key, outlook);
    if (outlook.state === 'Hopeless' && build.awaited.own) {
      return left > 0 ? { again: { milliseconds: left } } : giveUp(context, key, build, outlook);
    }
    if (outlook.state === 'Fine') keep(context, key, { uid: build.uid, since: waits.get(key)?.since ?? clock.now() });
    else if (outlook.state !== 'Unknown') tell(context, key, build, outlook);
    return again;
  };

  return {
    has: (key) => waits.has(key),
    look: async (context, key, build) => {
      if (build === undefined || !awaitsPushSecret(build)) {
        keep(context, key, undefined);
        return undefined;
      }
      const known = waits.get(key);
      const wait = known?.uid === build.uid ? known : { uid: build.uid, since: clock.now() };
      keep(context, key, wait);
      const left = wait.since + context.secretPatience - clock.now();
      return left > 0 ? { again: { milliseconds: left } } : decide(context, key, build);
    },
  };
}
