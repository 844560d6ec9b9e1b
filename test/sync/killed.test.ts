import { expect, test } from '@jest/globals';
import { objectAt, objectOrEmpty, textsOf } from '../../src/json/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import {
  groupKindOf,
  type Kinds,
  type KubeObject,
  objectKey,
  type Parent,
  readLive,
  syncObjects,
  type SyncObject,
} from '../../src/sync/index.js';
import { objectServer, type ObjectServer, put } from '../fixtures/pipeline/object-server.js';

const { configMap, serviceAccount, quayIntegration } = resourceTypes;
const parent: Parent = { type: quayIntegration, named: { name: 'quay' } };
const kinds: Kinds = new Map([configMap, serviceAccount].map((type) => [groupKindOf(type), { type }]));

const object = (kind: 'ConfigMap' | 'ServiceAccount', namespace: string, name: string, text = '1'): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { namespace, name, annotations: { text } },
});
const needs = (one: KubeObject, ...after: readonly KubeObject[]): SyncObject => ({
  object: one,
  after: after.map(objectKey),
});

const account = object('ServiceAccount', 'shop', 'web');
const before: readonly SyncObject[] = [
  needs(object('ConfigMap', 'shop', 'settings')),
  needs(object('ConfigMap', 'old', 'settings')),
  needs(object('ServiceAccount', 'old', 'web')),
];
const after: readonly SyncObject[] = [
  needs(object('ConfigMap', 'shop', 'settings', '2'), account),
  needs(account),
  needs(object('ConfigMap', 'new', 'settings'), account),
];

async function sync(server: ObjectServer, objects: readonly SyncObject[]): Promise<void> {
  const { client } = server;
  await syncObjects({
    client,
    repairs: { attempt: async (_, write) => write(), hold: () => 0 },
    kinds,
    objects,
    ...(await readLive(client, { kinds, objects, parent })),
    last: undefined,
    policy: {},
    prune: { parent, when: 'Whole' },
    signal: new AbortController().signal,
  });
}

async function begun(): Promise<ObjectServer> {
  const server = objectServer([configMap, serviceAccount, quayIntegration]);
  put(server, quayIntegration, { metadata: { name: 'quay' } });
  await sync(server, before);
  server.writes.splice(0);
  return server;
}

/** All objects, without what counts the writes. */
function stateOf({ objects }: ObjectServer): readonly unknown[] {
  return [...objects]
    .map(([path, { metadata, ...rest }]) => {
      const { resourceVersion: _, ...more } = objectOrEmpty(metadata);
      return [path, { ...rest, metadata: more }] as const;
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

test('a sync of two kinds that is killed between any two writes ends in the same state the next time', async () => {
  const server = await begun();
  await sync(server, after);
  const [whole, writes] = [stateOf(server), server.writes.length];
  const recorded = textsOf(
    objectAt(server.objects.get('/apis/quay.redhat.com/v1/quayintegrations/quay'), 'metadata', 'annotations'),
  );
  expect(recorded).toEqual({
    'applyset.kubernetes.io/tooling': 'quayside/v1.0.0',
    'applyset.kubernetes.io/contains-group-kinds': 'ConfigMap,ServiceAccount',
    'applyset.kubernetes.io/additional-namespaces': 'new,shop',
  });
  // Wider, three objects, two that go, narrower.
  expect(writes).toBe(7);
  for (let cut = 0; cut < writes; cut += 1) {
    const killed = await begun();
    killed.answer = ({ verb }) => {
      if (verb === 'get' || verb === 'list' || killed.writes.length < cut) return undefined;
      throw new Error('killed');
    };
    await sync(killed, after).catch(() => undefined);
    expect(killed.writes).toHaveLength(cut);
    killed.answer = () => undefined;
    await sync(killed, after);
    expect(stateOf(killed)).toEqual(whole);
    await sync(killed, after);
    expect(killed.writes.length - writes).toBeLessThanOrEqual(1);
  }
});
