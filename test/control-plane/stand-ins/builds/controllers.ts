import { setTimeout as sleep } from 'node:timers/promises';
import {
  createQueue,
  createReflector,
  type KubeClient,
  type Queue,
  type Reflector,
} from '../../../../src/kube/index.js';
import type { Api } from '../front/api.js';
import { type Build, type BuildConfig } from './generate.js';
import { instantiate } from './instantiate.js';
import { configOf, isNew, isOver, mustWait, superfluous } from './order.js';
import { patchBuild, startBuild, tellMissingSecret } from './start.js';

export interface ControllersOptions {
  readonly client: KubeClient;
  readonly api: Api;
  readonly hasInternalRegistry: boolean;
  /** The namespaces that these controllers look after. */
  readonly isTheirs: (namespace: string) => boolean;
}

/** OpenShift's controllers of builds and build configurations, without the nodes on which builds run. */
export interface Controllers {
  readonly start: () => void;
  /** Looks at everything that is there, now that other namespaces are theirs. */
  readonly recheck: () => void;
  readonly stop: () => Promise<void>;
}

/** After a build has ended, its history is cut; in milliseconds. */
const pruneAfter = 10;
const root = '/apis/build.openshift.io/v1';

export function buildControllers({ client, api, hasInternalRegistry, isTheirs }: ControllersOptions): Controllers {
  const builds = watched<Build>(client, 'builds');
  const configs = watched<BuildConfig>(client, 'buildconfigs');
  const queue = (work: Parameters<typeof createQueue>[0]['work']): Queue =>
    createQueue({
      concurrency: 10,
      backoff: { first: 100, most: 1_000 },
      work: (key, turn) => (isTheirs(namespaceOf(key)) ? work(key, turn) : Promise.resolve()),
    });
  const ensured = new Set<string>();
  const siblings = (build: Build): readonly Build[] => builds.cache.list(build.metadata.namespace);

  const building = queue(async (key) => {
    const build = builds.cache.get(key);
    if (build === undefined) return;
    if (isOver(build)) return ended(key, build);
    if (build.status?.cancelled === true)
      return patchBuild(api, build, { status: { phase: 'Cancelled', reason: 'CancelledBuild' } });
    if (!isNew(build)) return build.status?.phase === 'Pending' ? tellMissingSecret(api, build) : undefined;
    if (mustWait(build, siblings(build))) return;
    const phase = await startBuild({ api, hasInternalRegistry, ensured }, build);
    return phase === 'New' ? { again: { milliseconds: 500 } } : undefined;
  });
  const ended = async (key: string, build: Build): Promise<void> => {
    const config = configs.cache.get(`${namespaceOf(key)}/${configOf(build) ?? ''}`);
    for (const one of siblings(build)) if (isNew(one)) building.add(keyOf(one));
    if (config === undefined) return;
    await sleep(pruneAfter);
    for (const { metadata } of superfluous(config, siblings(build))) {
      await api.call('DELETE', `${root}/namespaces/${metadata.namespace}/builds/${metadata.name}`);
    }
  };
  const triggering = queue((key) => trigger(api, configs.cache.get(key)));
  builds.subscribe((key) => building.add(key));
  configs.subscribe((key) => triggering.add(key));

  return {
    start: () => [builds, configs].forEach((one) => one.start()),
    recheck: () => {
      builds.cache.keys().forEach((key) => building.add(key));
      configs.cache.keys().forEach((key) => triggering.add(key));
    },
    stop: async () => {
      await Promise.all([builds, configs].map((one) => one.stop()));
      await Promise.all([building, triggering].map((one) => one.drain(2_000)));
    },
  };
}

/** Builds a configuration for the first time, where it says that it wants that. */
async function trigger(api: Api, config: BuildConfig | undefined): Promise<void> {
  const isTriggered = config?.spec.triggers?.some(({ type }) => type === 'ConfigChange') ?? false;
  if (config === undefined || !isTriggered || (config.status?.lastVersion ?? 0) > 0) return;
  const triggeredBy = [{ message: 'Build configuration change' }];
  const answer = await instantiate(api, config.metadata, { lastVersion: 0, triggeredBy });
  // Tried again it finds that the configuration has been counted up, and gives up.
  if (answer.status === 409 || answer.status >= 500) throw new Error(JSON.stringify(answer.body));
}

const namespaceOf = (key: string): string => key.split('/')[0] ?? '';
const keyOf = ({ metadata }: Build): string => `${metadata.namespace}/${metadata.name}`;

function watched<T>(client: KubeClient, plural: string): Reflector<T> {
  const request = {
    resource: `${plural}.build.openshift.io`,
    path: `${root}/${plural}`,
    keep: (object: unknown) => object as T,
  };
  return createReflector<T>(client, request);
}
