import { expect } from '@jest/globals';
import { type Fields } from '../../src/json/index.js';
import { type Answer, type Call, type KubeClient, resourceTypes } from '../../src/kube/index.js';
import { rewrittenBuild, type BuildOptions } from '../fixtures/builds/builds.js';
import { follow, type Followed } from '../fixtures/builds/followed.js';
import { eventually } from '../support/eventually.js';
import { inMemoryCluster } from '../support/in-memory-cluster.js';
import { serving } from '../operator/operator-in-memory.js';

/** One namespace `shop` whose Builds are followed, in a cluster in memory that imports what a test says. */
export interface FollowedShop extends Followed {
  /** A Build that has pushed; another one of the name takes its place. */
  readonly complete: (options: Partial<BuildOptions> & { readonly name: string; readonly uid?: string }) => void;
  /** OpenShift prunes it. */
  readonly prune: (name: string) => void;
  /** The imports that were asked for, as `stream:tag`. */
  readonly asked: readonly string[];
  /** The tags that have an image, with its digest. */
  readonly tags: ReadonlyMap<string, string>;
  /** How many imports into one stream were on their way at once, at most. */
  readonly mostAtOnce: () => number;
  /** Answers the imports from now on; by default with success, at once. */
  readonly answer: (answer: () => Promise<Fields | Answer>) => void;
  readonly until: (check: () => void) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What an import answers that found the image. */
export const imported = (digest: string): Fields => ({
  status: { images: [{ status: { status: 'Success' }, image: { metadata: { name: digest } } }] },
});

/** What it answers where the registry refused. */
export const refused: Fields = {
  status: { images: [{ status: { status: 'Failure', reason: 'Unauthorized', message: 'unauthorized' } }] },
};

export function followShop(options: Parameters<typeof follow>[2] = {}, streams: readonly Fields[] = []): FollowedShop {
  const cluster = inMemoryCluster(resourceTypes.build);
  const builds = new Map<string, Fields>();
  const [asked, tags, running] = [[] as string[], new Map<string, string>(), new Map<string, number>()];
  let most = 0;
  let answer: () => Promise<Fields | Answer> = async () => Promise.resolve(imported(`sha256:${'b'.repeat(64)}`));
  const importInto = async ({ body }: Call): Promise<Answer> => {
    const { metadata, spec } = body as { metadata: { name: string }; spec: { images: { to: { name: string } }[] } };
    const tag = `${metadata.name}:${spec.images[0]?.to.name}`;
    asked.push(tag);
    running.set(metadata.name, (running.get(metadata.name) ?? 0) + 1);
    most = Math.max(most, ...running.values());
    const given = await answer();
    running.set(metadata.name, (running.get(metadata.name) ?? 1) - 1);
    const outcome = 'body' in given ? (given as Answer) : { status: 201, body: given };
    const [image] = ((outcome.body.status as Fields | undefined)?.images ?? []) as { image?: { metadata: Fields } }[];
    if (image?.image !== undefined) tags.set(tag, String(image.image.metadata.name));
    return outcome;
  };
  const answerTo = (call: Call): Promise<Answer> | Answer | undefined => {
    const path = call.path.split('?')[0] ?? '';
    if (path.endsWith('/imagestreamimports')) return importInto(call);
    if (path === '/apis/image.openshift.io/v1/imagestreams')
      return { status: 200, body: { items: streams, metadata: {} } };
    const [, kind, name = ''] = /namespaces\/shop\/(imagestreams|builds)\/([^/]+)$/.exec(path) ?? [];
    if (kind === 'imagestreams') return { status: 200, body: streamOf(name, tags) };
    if (kind !== 'builds') return undefined;
    const build = builds.get(name);
    if (build === undefined) return { status: 404, body: { kind: 'Status', reason: 'NotFound' } };
    return { status: 200, body: build };
  };
  const client: KubeClient = serving(
    { ...cluster.client, call: async (call) => (await answerTo(call)) ?? cluster.client.call(call) },
    resourceTypes.build,
  );
  const followed = follow(client, 'shop', options);
  return {
    ...followed,
    asked,
    tags,
    mostAtOnce: () => most,
    answer: (next) => (answer = next),
    complete: ({ name, uid = name, ...more }) => {
      const build = rewrittenBuild({ namespace: 'shop', name, ...more });
      const object = { ...build, metadata: { ...build.metadata, uid, resourceVersion: '1' } };
      builds.set(name, object);
      cluster.put(resourceTypes.build, object);
    },
    prune: (name) => {
      builds.delete(name);
      cluster.remove(resourceTypes.build, name);
    },
    until: async (check) => eventually(check, 10_000),
    close: async () => {
      await followed.follower.stop(0);
      expect(followed.follower.counts().imports.active).toBe(0);
    },
  };
}

function streamOf(name: string, tags: ReadonlyMap<string, string>): Fields {
  const own = [...tags].filter(([tag]) => tag.startsWith(`${name}:`));
  return {
    metadata: { name, namespace: 'shop', uid: name, resourceVersion: '1' },
    spec: {},
    status: { tags: own.map(([tag, image]) => ({ tag: tag.slice(name.length + 1), items: [{ image }] })) },
  };
}
