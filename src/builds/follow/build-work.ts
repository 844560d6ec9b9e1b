import {
  type Again,
  type Cache,
  createQueue,
  type Priority,
  type Queue,
  type QueueOptions,
  type ScheduleCounts,
} from '../../kube/index.js';
import { awaitsImport } from '../import-decision.js';
import { type BuildRecord } from '../import-record.js';
import { isMissed } from '../missed-build.js';
import { awaitsPushSecret } from '../outlook.js';
import { importTag } from './import-tag.js';
import { createKeptBuilds } from './kept-builds.js';
import { tellLostImages } from './lost-images.js';
import { createMemory } from './memory.js';
import { type BuildFollowerOptions, type FollowContext } from './options.js';
import { reportMissedBuild } from './report-missed-build.js';
import { createSecretWaits } from './secret-waits.js';

/** The work on Builds: imports by tag, reports of missed Builds, and waits for push secrets, each in a queue of its own. */
export interface BuildWork {
  /** Adds what a Build asks for now, by `namespace/name`; of one that is gone only an import that waits is not forgotten. */
  readonly add: (key: string) => void;
  /** The same without anything new about the Build: an import that failed goes on waiting for its next try. */
  readonly recheck: (key: string) => void;
  /** Looks once for images that were pushed before anybody followed, and whose Builds are gone. */
  readonly lookForLost: () => void;
  readonly imports: () => ScheduleCounts;
  /** Finishes what is being done, within the time. */
  readonly drain: (milliseconds: number) => Promise<void>;
}

/** How soon a tag that waits for its integration is checked again without an event. */
const patience = 60_000;
/** How often that is done for a Build that is gone. */
const mostWaits = 60;

/** Nothing to do, to begin with. */
export function createBuildWork(
  options: BuildFollowerOptions,
  builds: Pick<Cache<BuildRecord>, 'get' | 'list'>,
): BuildWork {
  const context = contextOf(options);
  const waits = createSecretWaits(options.clock);
  const kept = createKeptBuilds();
  // OpenShift refuses an import into a stream that another one has just written.
  const imports = queueOf({ ...options, groupOf: streamOf }, context, async (context, key) => {
    const [namespace] = key.split('/');
    const known = builds.list(namespace).filter((build) => tagKey(build) === key);
    const ofTag = kept.with(key, known);
    const state = await importTag(context, ofTag);
    // What nobody knows where to put, and no Build speaks of any more, does not wait for ever.
    const isLost = ofTag.length > known.length && state === 'Waiting' && kept.waited(key) > mostWaits;
    if (state === 'Waiting' && !isLost) return { again: { milliseconds: patience } };
    kept.forget(key, ofTag);
    return undefined;
  });
  const missed = queueOf(options, context, async (context, key) => {
    const build = builds.get(key);
    if (build !== undefined && isMissed(build)) await reportMissedBuild(context, build);
    return undefined;
  });
  const awaiting = queueOf(options, context, (context, key) => waits.look(context, key, builds.get(key)));
  const lost = queueOf(options, context, async (context) => {
    await tellLostImages(context, builds.list());
    return undefined;
  });
  const lookAtImport = (build: BuildRecord, priority: Priority): void => {
    const tag = tagKey(build);
    if (tag === undefined) return;
    if (!awaitsImport(build)) return kept.forget(tag, [build]);
    kept.keep(tag, build);
    imports.add(tag, priority);
  };
  const look = (key: string, priority: Priority): void => {
    const build = builds.get(key);
    if (waits.has(key) || (build !== undefined && awaitsPushSecret(build))) awaiting.add(key);
    // What was imported and could not be marked is done with once the Build is gone.
    if (build === undefined && context.imported.has(key)) kept.forgetBuild(key);
    // Who removes the annotation wants the import again.
    if (build === undefined || build.upToDate) context.imported.forget(key);
    if (build === undefined) return context.reported.forget(key);
    lookAtImport(build, priority);
    if (isMissed(build)) missed.add(key);
  };
  return {
    add: (key) => look(key, 'event'),
    recheck: (key) => look(key, 'resync'),
    lookForLost: () => lost.add('image streams'),
    imports: imports.counts,
    drain: async (milliseconds) => {
      await Promise.all([imports, missed, awaiting, lost].map((one) => one.drain(milliseconds)));
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
    lastPushes: () => Promise.resolve(new Map()),
    ...options,
    imported: createMemory(),
    reported: createMemory(),
  };
}

function queueOf(
  {
    client,
    log,
    clock,
    backoff = { first: 5_000, most: 900_000 },
    concurrency = 4,
    groupOf,
  }: BuildFollowerOptions & Pick<QueueOptions, 'groupOf'>,
  context: Context,
  work: (context: FollowContext, key: string) => Promise<Again | undefined>,
): Queue {
  return createQueue({
    // Whoever stops must not have to wait for an answer that does not come.
    work: (key, { signal }) =>
      work({ ...context, signal, client: { call: (call) => client.call({ signal, ...call }) } }, key),
    concurrency,
    // A recheck is all that there may be to do.
    reserved: 0,
    backoff,
    ...(groupOf && { groupOf }),
    onFault: ({ key, error, failures, milliseconds }) =>
      log.warn({ key, err: error, failures, milliseconds }, 'reconciling failed, will retry'),
    ...(clock && { clock }),
  });
}

/** Of `namespace/stream:tag`. */
function streamOf(tag: string): string {
  return tag.slice(0, tag.indexOf(':'));
}

/** Builds with the same key are for one tag. */
function tagKey({ namespace, destination }: BuildRecord): string | undefined {
  return destination && `${namespace}/${destination.stream}:${destination.tag}`;
}
