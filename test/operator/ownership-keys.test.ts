import { beforeEach, describe, expect, test } from '@jest/globals';
import { ownershipKeysName, ownershipSecretKey, ownershipSecretName } from '../../src/api/index.js';
import { clusterOver, type KubeClient, resourceTypes } from '../../src/kube/index.js';
import { newPrivateKey } from '../../src/ownership/store/index.js';
import { createOwnershipKeeper, type OwnershipKeeper } from '../../src/operator/ownership-keys.js';
import { type Fields } from '../../src/json/index.js';
import { type LiveOrganization } from '../../src/operator/watches/live-organization.js';
import { inMemoryCluster, type InMemoryCluster } from '../support/in-memory-cluster.js';

const namespace = 'quayside';
const { secret, configMap } = resourceTypes;

let cluster: InMemoryCluster;
let objects: Map<string, Fields>;
let keeper: OwnershipKeeper;
let statuses: readonly LiveOrganization['status'][];
let told: number;

beforeEach(() => {
  cluster = inMemoryCluster(secret, configMap);
  objects = new Map();
  statuses = [];
  told = 0;
  const client: KubeClient = {
    ...cluster.client,
    call: (call) => {
      if (call.verb === 'list') return cluster.client.call(call);
      const [, name] = /\/(?:secrets|configmaps)\/([^/?]+)/.exec(call.path) ?? [];
      const sent = (call.body ?? {}) as Fields;
      if (call.verb === 'create') {
        const made = String((sent.metadata as Fields).name);
        if (objects.has(made)) return Promise.resolve({ status: 409, body: {} });
        objects.set(made, sent);
        return Promise.resolve({ status: 201, body: sent });
      }
      const found = objects.get(name ?? '');
      return Promise.resolve(
        found === undefined
          ? { status: 404, body: { kind: 'Status', reason: 'NotFound' } }
          : { status: 200, body: found },
      );
    },
  };
  keeper = createOwnershipKeeper({
    client,
    live: clusterOver(client, { close: () => Promise.resolve() }),
    namespace,
    watches: { organizations: { list: () => statuses.map((status) => ({ name: 'x', status })) } } as never,
    uid: () => 'uid',
  });
  keeper.onChange(() => (told += 1));
});

const restore = (): void =>
  void objects.set(ownershipSecretName, {
    metadata: { name: ownershipSecretName },
    data: { [ownershipSecretKey]: Buffer.from(newPrivateKey()).toString('base64') },
  });

describe('the keys of the operator', () => {
  test('are made by the first who may, also while another integration is suspended', async () => {
    const [suspended, other] = await Promise.all([keeper.keys({ mayCreate: false }), keeper.keys({ mayCreate: true })]);
    expect(suspended.signer).toBeUndefined();
    expect(other.signer).toBeDefined();
    expect((await keeper.keys({ mayCreate: false })).signer?.keyID).toBe(other.signer?.keyID);
    expect([...objects.keys()].sort()).toEqual([ownershipSecretName, ownershipKeysName].sort());
    // Whoever was told that there is none hears of it.
    expect(told).toBe(1);
  });

  test('are not made while a status of this cluster is signed; once restored, everybody looks again', async () => {
    statuses = [{ ownership: { clusterUID: 'uid' } }] as never;
    expect((await keeper.keys({ mayCreate: true })).problem).toContain('the status of QuayOrganization x is signed');
    expect(objects.size).toBe(0);
    restore();
    expect((await keeper.keys({ mayCreate: true })).signer).toBeDefined();
    expect(told).toBe(1);
  });

  test('are not made while a mark in Quay is signed for this cluster, which is only asked before the first one', async () => {
    let asked = 0;
    const findSigned = (organization?: string) => () => {
      asked += 1;
      return Promise.resolve(organization);
    };
    const { problem } = await keeper.keys({ mayCreate: true, findSigned: findSigned('openshift_shop') });
    expect(problem).toContain('the mark of organization openshift_shop in Quay is signed for this cluster');
    expect((await keeper.keys({ mayCreate: true, findSigned: findSigned() })).signer).toBeDefined();
    await keeper.keys({ mayCreate: true, findSigned: findSigned() });
    expect(asked).toBe(2);
  });

  test('are made while only the status of another cluster is', async () => {
    statuses = [{ ownership: { clusterUID: 'other' } }, {}] as never;
    expect((await keeper.keys({ mayCreate: true })).signer).toBeDefined();
    expect(told).toBe(0);
  });
});
