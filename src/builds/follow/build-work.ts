import { type Again, type Cache, createQueue, type Queue, type ScheduleCounts } from '../../kube/index.js';
import { awaitsImport } from '../import-decision.js';
import { type BuildRecord } from '../import-record.js';
import { isMissed } from '../missed-build.js';
import { awaitsPushSecret } from '../outlook.js';
import { importTag } from './import-tag.js';
import { createMemory } from './memory.js';
import { type BuildFollowerOptions, type FollowContext } from './options.js';
import { reportMissedBuild } from './report-missed-build.js';
import { createSecretWaits } from './secret-waits.js';

/** The work on Builds: imports by tag, reports of missed Builds, and waits for push secrets, each in a queue of its own. */
export interface BuildWork {
  /** Adds what a Build asks for now, by `namespace/name`; one that is gone is forgotten. */
  readonly add: (key: string) => void;
  readonly imports: () => ScheduleCounts;
  /** Finishes what is being done, within the time. */
  readonly drain: (milliseconds: number) => Promise<void>;
}

/** How soon a tag that waits for its integration is checked again without an event. */
const patience = 60_000;

/** Nothing to do, to begin with. */
export function createBuildWork(
  options: BuildFollowerOptions,
  builds: Pick<Cache<BuildRecord>, 'get' | 'list'>,
): BuildWork {
  const context = contextOf(options);
  const waits = createSecretWaits(options.clock);
  const imports = queueOf(options, context, async (context, key) => {
    const [namespace] = key.split('/');
    const ofTag = builds.list(namespace).filter((build) => tagKey(build) === key);
    return (await importTag(context, ofTag)) === 'Waiting' ? { again: { milliseconds: patience } } : undefined;
  });
  const missed = queueOf(options, context, async (context, key) => {
    const build = builds.get(key);
    if (build !== undefined && isMissed(build)) await reportMissedBuild(context, build);
    return undefined;
  });
  const awaiting = queueOf(options, context, (context, key) => waits.look(context, key, builds.get(key)));
  return {
    add: (key) => {
      const build = builds.get(key);
      if (waits.has(key) || (build !== undefined && awaitsPushSecret(build))) awaiting.add(key);
      // Who removes the annotation wants the import again.
      if (build === undefined || build.upToDate) context.imported.forget(key);
      if (build === undefined) return context.reported.forget(key);
      const tag = tagKey(build);
      if (tag !== undefined && awaitsImport(build)) imports.add(tag);
      if (isMissed(build)) missed.add(key);
    },
    imports: imports.counts,
    drain: async (milliseconds) => {
      await Promise.all([imports, missed, awaiting].map((one) => one.drain(milliseconds)));
    },
  };
}

type Context = Omit<FollowContext, 'signal'>;

function contextOf(options: BuildFollowerOptions): Context {
  return {
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
}

function queueOf(
  { client, log, clock, backoff = { first: 5_000, most: 900_000 }, concurrency = 4 }: BuildFollowerOptions,
  context: Context,
  work: (context: FollowContext, key: string) => Promise<Again | undefined>,
): Queue {
  return createQueue({
    // Whoever stops must not have to wait for an answer that does not come.
    work: (key, { signal }) =>
      work({ ...context, signal, client: { call: (call) => client.call({ signal, ...call }) } }, key),
    concurrency,
    backoff,
    onFault: ({ key, error, failures, milliseconds }) =>
      log.warn({ key, err: error, failures, milliseconds }, 'reconciling failed, will retry'),
    ...(clock && { clock }),
  });
}

/** Builds with the same key are for one tag. */
function tagKey({ namespace, destination }: BuildRecord): string | undefined {
  return destination && `${namespace}/${destination.stream}:${destination.tag}`;
}
