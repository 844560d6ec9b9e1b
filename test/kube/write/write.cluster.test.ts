import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import { type Fields, objectOrEmpty } from '../../../src/json/index.js';
import { objectPath, resourceTypes } from '../../../src/kube/resource-type.js';
import { type Applied, applyObject, type ApplyRequest, readObject } from '../../../src/kube/write/apply.js';
import { deleteObject } from '../../../src/kube/write/delete-object.js';
import { addFinalizer, removeFinalizers } from '../../../src/kube/write/finalizers.js';
import { patchGuarded } from '../../../src/kube/write/guarded-patch.js';
import { linkPullSecret } from '../../../src/kube/write/pull-secret-link.js';
import {
  groupKindOf,
  type Kinds,
  type KubeObject,
  objectKey,
  readLive,
  syncObjects,
  type SyncObject,
} from '../../../src/sync/index.js';
import { writes } from '../../control-plane/audit/filter.js';
import { type SharedControlPlane } from '../../control-plane/control-plane.js';
import { createNamespace } from '../../control-plane/namespace.js';
import { sharedControlPlane } from '../../control-plane/shared.js';
import { clientAt } from '../../support/client-at.js';

const userAgent = 'write-test';
const manager = 'quayside';
let controlPlane: SharedControlPlane;
let client: KubeClient;
let other: KubeClient;
let namespace: string;

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  client = clientAt(controlPlane.kubeconfig, userAgent);
  other = clientAt(controlPlane.kubeconfig, 'somebody');
});
afterAll(async () => {
  await client.close();
  await other.close();
});
beforeEach(async () => {
  namespace = await createNamespace(controlPlane, 'write');
  await controlPlane.audit.reset();
});

const countWrites = (): Promise<number> => controlPlane.audit.count({ userAgent, verb: writes });
const uidOf = (object: Fields | undefined): string => String(objectOrEmpty(object?.metadata).uid);

describe('a secret', () => {
  const type = resourceTypes.secret;
  const secret = (data: Fields, labels: Fields = { mine: 'yes' }): Fields => ({
    metadata: { namespace, name: 'pull', labels },
    type: 'Opaque',
    data,
  });
  const apply = (object: Fields, more: Partial<ApplyRequest> = {}): Promise<Applied> =>
    applyObject(client, { type, object, manager, ...more });

  test('is made, changed, and at rest not written', async () => {
    expect((await apply(secret({ a: 'YQ==' }))).outcome).toBe('Created');
    expect((await apply(secret({ a: 'Yg==' }))).outcome).toBe('Changed');
    expect(await countWrites()).toBe(2);
    for (let again = 0; again < 10; again += 1) expect((await apply(secret({ a: 'Yg==' }))).outcome).toBe('Unchanged');
    expect(await countWrites()).toBe(2);
  });

  test('loses what is no longer declared, and keeps what others put there', async () => {
    await apply(secret({ a: 'YQ==', b: 'Yg==' }, { mine: 'yes', old: 'yes' }));
    const theirs = { metadata: { namespace, name: 'pull', labels: { theirs: 'yes' } } };
    await applyObject(other, { type, object: theirs, manager: 'somebody' });
    expect((await apply(secret({ a: 'YQ==' }))).outcome).toBe('Changed');
    const live = await readObject(client, type, { namespace, name: 'pull' });
    expect(live).toMatchObject({ data: { a: 'YQ==' }, metadata: { labels: { mine: 'yes', theirs: 'yes' } } });
    expect(Object.keys(objectOrEmpty(live?.data))).toEqual(['a']);
    expect((await apply(secret({ a: 'YQ==' }))).outcome).toBe('Unchanged');
  });

  test('that was edited is repaired, once', async () => {
    await apply(secret({ a: 'YQ==' }));
    await controlPlane.edits.patch(['secret', 'pull', '-n', namespace], { data: { a: 'eA==' } });
    expect((await apply(secret({ a: 'YQ==' }))).object).toMatchObject({ data: { a: 'YQ==' } });
    expect((await apply(secret({ a: 'YQ==' }))).outcome).toBe('Unchanged');
  });

  test('of another is not taken over by who is polite', async () => {
    await applyObject(other, { type, object: secret({ a: 'YQ==' }), manager: 'somebody' });
    await expect(apply(secret({ a: 'Yg==' }), { polite: true })).rejects.toMatchObject({ code: 'Conflict' });
  });

  test('cannot be written into a namespace that is not there', async () => {
    const object = { metadata: { namespace: 'nowhere', name: 'pull' }, data: {} };
    await expect(apply(object)).rejects.toMatchObject({ code: 'NamespaceGone', retryable: false });
  });

  test('is deleted only when it is the one that was looked at', async () => {
    const named = { namespace, name: 'pull' };
    const { object } = await apply(secret({ a: 'YQ==' }));
    expect(await deleteObject(client, type, named, { uid: 'another' })).toBe('Replaced');
    expect(await deleteObject(client, type, named, { uid: uidOf(object) })).toBe('Deleted');
    expect(await deleteObject(client, type, named, { uid: uidOf(object) })).toBe('Gone');
  });
});

describe('a service account', () => {
  const type = resourceTypes.serviceAccount;
  const link = (linked = true): Promise<string> =>
    linkPullSecret(client, { namespace, serviceAccount: 'builder', secret: 'mine', linked, manager });
  const names = (live: Fields | undefined, list: string): unknown[] =>
    ((live?.[list] ?? []) as Fields[]).map(({ name }) => name);
  const read = (): Promise<Fields | undefined> => readObject(client, type, { namespace, name: 'builder' });

  beforeEach(async () => {
    await controlPlane.edits.create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'builder', namespace },
    });
    await controlPlane.audit.reset();
  });

  test('gets its secret once, and loses it again', async () => {
    expect([await link(), await link(), await link()]).toEqual(['Changed', 'Unchanged', 'Unchanged']);
    expect(await countWrites()).toBe(1);
    const live = await read();
    expect([names(live, 'secrets'), names(live, 'imagePullSecrets')]).toEqual([['mine'], ['mine']]);
    expect([await link(false), await link(false)]).toEqual(['Changed', 'Unchanged']);
    expect(names(await read(), 'imagePullSecrets')).toEqual([]);
  });

  test('that is not there is no failure', async () => {
    await controlPlane.edits.delete('serviceaccount', 'builder', '-n', namespace);
    expect(await link()).toBe('Gone');
  });

  test('Q17: keeps all that somebody else appends 200 times meanwhile', async () => {
    const path = objectPath(type, { namespace, name: 'builder' });
    // As the controllers of OpenShift do it: read, append, put back, again when somebody else was faster.
    const append = async (name: string): Promise<void> => {
      for (;;) {
        const live = await read();
        const list = (live?.imagePullSecrets ?? []) as Fields[];
        const body = { ...live, imagePullSecrets: [...list, { name }] };
        const { status } = await other.call({ verb: 'update', resource: 'serviceaccounts', path, body });
        if (status === 200) return;
        expect(status).toBe(409);
      }
    };
    let over = false;
    const appending = (async () => {
      for (let at = 0; at < 200; at += 1) await append(`theirs-${at}`);
      over = true;
    })();
    let changes = 0;
    while (!over) {
      changes += (await link(changes % 2 === 0)) === 'Changed' ? 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await appending;
    await link();
    const found = names(await read(), 'imagePullSecrets');
    expect(changes).toBeGreaterThan(5);
    expect(found.filter((name) => name !== 'mine')).toEqual(Array.from({ length: 200 }, (_, at) => `theirs-${at}`));
    expect(found.filter((name) => name === 'mine')).toHaveLength(1);
  });

  test('whose patch makes no sense is not tried again', async () => {
    const steps = (): [{ op: 'remove'; path: string }] => [{ op: 'remove', path: '/nothing/0' }];
    const patch = patchGuarded(client, { type, named: { namespace, name: 'builder' }, manager, steps });
    await expect(patch).rejects.toMatchObject({ retryable: false });
    expect(await countWrites()).toBe(1);
  });

  test('gets a finalizer, and goes when that is taken off', async () => {
    const named = { namespace, name: 'builder' };
    const put = { type, named, manager, steps: (live: Fields) => addFinalizer(live, 'quayside.dev/test') };
    const off = { type, named, manager, steps: (live: Fields) => removeFinalizers(live, ['quayside.dev/test']) };
    expect([await patchGuarded(client, put), await patchGuarded(client, put)]).toEqual(['Changed', 'Unchanged']);
    expect(await deleteObject(client, type, named, { uid: uidOf(await read()) })).toBe('Deleted');
    expect(await patchGuarded(client, off)).toBe('Changed');
    expect(await patchGuarded(client, off)).toBe('Gone');
  });
});

describe('an organization and its status', () => {
  const type = resourceTypes.quayOrganization;
  const name = `write-test.${process.pid}`;
  const object: Fields = {
    metadata: { name, labels: { 'quayside.dev/integration': 'quay' } },
    spec: {
      integration: 'quay',
      name: 'write_test',
      robots: [{ name: 'builder', role: 'write' }],
      repositories: [{ name: 'web' }],
    },
  };
  const status = (reason: string): Fields => ({
    metadata: { name },
    status: {
      observedGeneration: 1,
      conditions: [
        { type: 'Ready', status: 'True', reason, message: 'all is well', lastTransitionTime: '2026-01-01T00:00:00Z' },
      ],
    },
  });
  const applyStatus = (reason: string): Promise<Applied> =>
    applyObject(client, { type, object: status(reason), manager, subresource: 'status' });

  test('are written apart, and at rest not at all', async () => {
    expect((await applyStatus('Applied')).outcome).toBe('Gone');
    const made = await applyObject(client, { type, object, manager });
    expect(made.outcome).toBe('Created');
    expect((await applyStatus('Applied')).outcome).toBe('Changed');
    expect((await applyStatus('Suspended')).outcome).toBe('Changed');
    const before = await countWrites();
    for (let again = 0; again < 5; again += 1) {
      expect((await applyObject(client, { type, object, manager })).outcome).toBe('Unchanged');
      expect((await applyStatus('Suspended')).outcome).toBe('Unchanged');
    }
    expect(await countWrites()).toBe(before);
    const live = await readObject(client, type, { name });
    expect(objectOrEmpty(live?.metadata).generation).toBe(1);
    expect(await deleteObject(client, type, { name }, { uid: uidOf(live) })).toBe('Deleted');
  });
});

describe('a sync of objects', () => {
  const { configMap, serviceAccount } = resourceTypes;
  const kinds: Kinds = new Map([configMap, serviceAccount].map((type) => [groupKindOf(type), { type }]));
  const object = (kind: 'ConfigMap' | 'ServiceAccount', name: string, more: Fields = {}): KubeObject => ({
    apiVersion: 'v1',
    kind,
    metadata: { namespace, name },
    ...more,
  });
  const sync = async (objects: readonly SyncObject[]): Promise<readonly string[]> => {
    const parent = { type: configMap, named: { namespace, name: 'parent' } };
    const { reports } = await syncObjects({
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
    return reports.map(
      ({ object: one, action, outcome }) => `${action} ${one.replace(`${namespace}/`, '')} ${outcome}`,
    );
  };

  test('is ordered and recorded, prunes what is no longer declared, and at rest writes nothing', async () => {
    await applyObject(client, {
      type: configMap,
      object: { metadata: { namespace, name: 'parent' } },
      manager: 'somebody',
    });
    const account = { object: object('ServiceAccount', 'web') };
    const settings = {
      object: object('ConfigMap', 'settings', { data: { a: '1' } }),
      after: [objectKey(account.object)],
    };
    const first = await sync([settings, account]);
    expect(first).toEqual(['create ConfigMap settings Done', 'create ServiceAccount web Done']);
    const before = await countWrites();
    expect(await sync([settings, account])).toEqual([]);
    expect(await countWrites()).toBe(before);
    expect(await sync([account])).toEqual(['delete ConfigMap settings Done']);
    const parent = await readObject(client, configMap, { namespace, name: 'parent' });
    expect(objectOrEmpty(parent?.metadata)).toMatchObject({
      labels: { 'applyset.kubernetes.io/id': expect.stringMatching(/^applyset-.*-v1$/) },
      annotations: { 'applyset.kubernetes.io/contains-group-kinds': 'ServiceAccount' },
    });
  });
});
