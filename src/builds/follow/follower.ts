import { type Again, createQueue, type Queue, type ScheduleCounts } from '../../kube/index.js';
import { awaitsImport } from '../import-decision.js';
import { type BuildRecord } from '../import-record.js';
import { isMissed } from '../missed-build.js';
import { awaitsPushSecret } from '../outlook.js';
import { importTag } from './import-tag.js';
import { createMemory } from './memory.js';
import { type BuildFollowerOptions, type FollowContext } from './options.js';
import { createSecretWaits } from './secret-waits.js';
import { reportMissedBuild } from './report-missed-build.js';
import { watchBuilds } from './watch-builds.js';

/** What the follower has in hand. */
export interface FollowerCounts {
  /** Builds that it knows of. */
  readonly builds: number;
  /** Tags to be imported: due, being imported, or waiting for another try. */
  readonly imports: ScheduleCounts;
  /** Seconds since the server was last heard; undefined without a Build API. */
  readonly age: number | undefined;
  /** Why what is known is not to be trusted at the moment. */
  readonly fault: string | undefined;
}

/** Follows Builds: imports what they pushed, and reports those that were not rewritten. */
export interface BuildFollower {
  readonly start: () => void;
  /** Looks again at what waits for an integration: one came, changed, or was resumed. Default: in all namespaces. */
  readonly recheck: (namespace?: string) => void;
  readonly counts: () => FollowerCounts;
  /** Whether there is a Build API; undefined while unknown. */
  readonly isServed: () => boolean | undefined;
  /** Finishes what is being imported, within the time, and stops. Default 10 s. */
  readonly stop: (milliseconds?: number) => Promise<void>;
}

/** How soon a tag that waits for its integration is checked again without an event. */
const patience = 60_000;

/**
 * A follower of all Builds of a cluster. It is level-triggered: whatever it missed it finds in the Builds themselves, which
 * carry its marks. Only one process of a cluster may run it at a time.
 */
export function createBuildFollower(options: BuildFollowerOptions): BuildFollower {
  const { client, log, clock, backoff = { first: 5_000, most: 900_000 }, concurrency = 4 } = options;
  const context: Omit<FollowContext, 'signal'> = {
    isSuspended: ({ spec }) => spec.suspend,
    onImport: () => undefined,
    onUnrewritten: () => undefined,
    outlookOf: () => ({ state: 'Unknown' }),
    onWaiting: () => undefined,
    onCancelled: () => undefined,
    secretPatience: 120_000,
    ...options,
    imported: createMemory(),
    reported: createMemory(),
  };
  const builds = (namespace?: string): readonly BuildRecord[] => watch.cache()?.list(namespace) ?? [];
  // Whoever stops must not have to wait for an answer that does not come.
  const until = (signal: AbortSignal): FollowContext => ({
    ...context,
    signal,
    client: { call: (call) => client.call({ signal, ...call }) },
  });
  const queue = (work: (context: FollowContext, key: string) => Promise<Again | undefined>): Queue =>
    createQueue({
      work: (key, { signal }) => work(until(signal), key),
      concurrency,
      backoff,
      onFault: ({ key, error, failures, milliseconds }) =>
        log.warn({ key, err: error, failures, milliseconds }, 'reconciling failed, will retry'),
      ...(clock && { clock }),
    });
  const imports = queue(async (context, key) => {
    const [namespace] = key.split('/');
    const state = await importTag(
      context,
      builds(namespace).filter((build) => tagKey(build) === key),
    );
    return state === 'Waiting' ? { again: { milliseconds: patience } } : undefined;
  });
  const missed = queue(async (context, key) => {
    const build = watch.cache()?.get(key);
    if (build !== undefined && isMissed(build)) await reportMissedBuild(context, build);
    return undefined;
  });
  const waits = createSecretWaits(clock);
  const awaiting = queue((context, key) => waits.look(context, key, watch.cache()?.get(key)));
  const look = (key: string): void => {
    const build = watch.cache()?.get(key);
    if (waits.has(key) || (build !== undefined && awaitsPushSecret(build))) awaiting.add(key);
    if (build === undefined) {
      context.imported.forget(key);
      context.reported.forget(key);
      return;
    }
    // Who removes the annotation wants the import again.
    if (build.upToDate) context.imported.forget(key);
    const tag = tagKey(build);
    if (tag !== undefined && awaitsImport(build)) imports.add(tag);
    if (isMissed(build)) missed.add(key);
  };
  const watch = watchBuilds(client, { ...options.watch, ...pick(options), onKey: look });

  return {
    start: () => watch.start(),
    recheck: (namespace) => builds(namespace).forEach(({ namespace: within, name }) => look(`${within}/${name}`)),
    counts: () => {
      const cache = watch.cache();
      return { builds: cache?.size() ?? 0, imports: imports.counts(), age: cache?.age(), fault: cache?.fault() };
    },
    isServed: () => watch.isServed(),
    stop: async (milliseconds = 10_000) => {
      await watch.stop();
      await Promise.all([imports, missed, awaiting].map((one) => one.drain(milliseconds)));
    },
  };
}

/** Builds with the same key are for one tag. */
function tagKey({ namespace, destination }: BuildRecord): string | undefined {
  return destination && `${namespace}/${destination.stream}:${destination.tag}`;
}

function pick({ apiSeconds, clock }: BuildFollowerOptions): Pick<BuildFollowerOptions, 'apiSeconds' | 'clock'> {
  return { ...(apiSeconds && { apiSeconds }), ...(clock && { clock }) };
}
