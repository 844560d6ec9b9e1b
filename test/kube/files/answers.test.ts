import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { clusterFromFiles, type Cluster } from '../../../src/kube/index.js';
import { dumpFolder, imageStream, list, namespace } from '../../fixtures/dump.js';

const write = dumpFolder();
const cluster = (objects: readonly object[], uid?: string): Promise<Cluster> =>
  clusterFromFiles([write('cluster.json', JSON.stringify(list(objects)))], uid === undefined ? {} : { uid });

const openshift = { annotations: { 'openshift.io/sa.scc.mcs': 's0:c1,c0' } };
const integration = (name: string, more: object = {}) => ({
  apiVersion: 'quay.redhat.com/v1',
  kind: 'QuayIntegration',
  metadata: { name },
  spec: {
    clusterID: 'openshift',
    credentialsSecret: { namespace: 'quay', name: 'token' },
    quayHostname: 'quay.example.com',
  },
  ...more,
});
const old = (name: string) => ({
  apiVersion: 'redhatcop.redhat.io/v1alpha1',
  kind: 'QuayIntegration',
  metadata: { name },
  spec: { credentialsSecretName: 'quay/old', quayHostname: 'https://quay.example.com', whitelistNamespaces: ['a'] },
});
const base64 = (text: string) => Buffer.from(text).toString('base64');
const secret = (name: string, type: string, data: Record<string, string>, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type,
  metadata: { name, namespace: 'quay' },
  data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
  ...more,
});

describe('unknown is not empty', () => {
  test.each<[string, readonly object[], boolean | undefined, boolean, boolean]>([
    ['an OpenShift with image streams', [namespace('a', openshift), imageStream('a', 'b')], true, true, true],
    ['an OpenShift without any image stream', [namespace('a', openshift)], true, true, false],
    ['another Kubernetes', [namespace('a')], false, true, true],
    ['image streams alone', [imageStream('a', 'b')], true, false, true],
    ['neither', [integration('quay')], undefined, false, false],
    [
      'an empty list that names its kind',
      [{ apiVersion: 'image.openshift.io/v1', kind: 'ImageStreamList', items: [] }, namespace('a', openshift)],
      true,
      true,
      true,
    ],
  ])('%s', async (_, objects, hasBuildApis, namespaces, imageStreams) => {
    const snapshot = await (await cluster(objects)).snapshot();
    expect(snapshot.hasBuildApis).toBe(hasBuildApis);
    expect(snapshot.namespaces.known).toBe(namespaces);
    expect(snapshot.imageStreams.known).toBe(imageStreams);
  });

  test('a namespace is gone only for who holds the whole cluster', async () => {
    const terminating = namespace('going', { deletionTimestamp: '2026-01-01T00:00:00Z' });
    const whole = await cluster([
      namespace('kube-system'),
      terminating,
      namespace('a', openshift),
      imageStream('a', 'b'),
    ]);
    expect(await whole.namespace('a')).toBe('Active');
    expect(await whole.namespace('going')).toBe('Terminating');
    expect(await whole.namespace('other')).toBe('Gone');
    expect(await whole.imageStream('a', 'b')).toBe('Present');
    expect(await whole.imageStream('a', 'c')).toBe('Gone');
    const part = await cluster([namespace('a', openshift)]);
    expect(await part.namespace('other')).toBe('Unknown');
    expect(await part.imageStream('a', 'c')).toBe('Unknown');
    expect((await part.pullSecrets()).known).toBe(false);
    expect(await (await cluster([namespace('a')], 'given')).namespace('other')).toBe('Unknown');
  });

  test('the UID of kube-system is the identity, and a given one must not contradict it', async () => {
    expect((await (await cluster([namespace('kube-system')])).snapshot()).uid).toBe('uid-kube-system');
    expect((await (await cluster([namespace('a')], 'given')).snapshot()).uid).toBe('given');
    expect('uid' in (await (await cluster([namespace('a')])).snapshot())).toBe(false);
    await expect(cluster([namespace('kube-system')], 'other')).rejects.toThrow(
      'of the cluster uid-kube-system, not of other',
    );
  });
});

describe('integrations', () => {
  test('are sorted, converted, and an old one gives way to a v1 object of its name', async () => {
    const found = await (await cluster([old('quay'), old('b'), integration('quay'), integration('a')])).integrations();
    expect(found.map(({ metadata, spec }) => [metadata.name, spec.credentialsSecret.name])).toEqual([
      ['a', 'token'],
      ['b', 'old'],
      ['quay', 'token'],
    ]);
    expect(found[1]?.spec.allowlistNamespaces).toEqual(['a']);
  });

  test('that are wrong stop nobody who does not ask for them', async () => {
    const wrong = await cluster([integration('quay', { spec: { quayHostnam: 'x' } }), namespace('a')]);
    expect((await wrong.snapshot()).namespaces.known).toBe(true);
    await expect(wrong.integrations()).rejects.toThrow(/cluster\.json:1: spec\.quayHostnam: unknown field/);
  });
});

describe('secrets', () => {
  const canary = 'c4n4ry';
  const auths = {
    auths: {
      'quay.example.com': { auth: base64(`openshift_a+builder:${canary}:x`), email: '' },
      'plain.example.com': { username: 'u', password: canary },
      'broken.example.com': { auth: '!' },
    },
  };
  const objects = [
    secret('token', 'Opaque', { token: canary }, { stringData: { other: 'written by hand' } }),
    secret('pull', 'kubernetes.io/dockerconfigjson', { '.dockerconfigjson': JSON.stringify(auths) }),
    secret('broken', 'kubernetes.io/dockerconfigjson', { '.dockerconfigjson': canary }),
    secret('platform', 'kubernetes.io/service-account-token', { token: canary }),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ca', namespace: 'quay' }, data: { 'ca.crt': 'PEM' } },
  ];

  test('and config maps are given by name', async () => {
    const found = await cluster(objects);
    expect([...((await found.secret('quay', 'token'))?.data ?? [])]).toEqual([
      ['token', canary],
      ['other', 'written by hand'],
    ]);
    expect(await found.secret('quay', 'platform')).toBeUndefined();
    expect(await found.secret('other', 'token')).toBeUndefined();
    expect((await found.configMap('quay', 'ca'))?.get('ca.crt')).toBe('PEM');
  });

  test('for pulling are listed with their entries', async () => {
    const listing = await (await cluster(objects)).pullSecrets();
    if (!listing.known) throw new Error(listing.reason);
    expect(
      listing.items.map(({ name, entries }) => [name, entries.map(({ host, username }) => [host, username])]),
    ).toEqual([
      [
        'pull',
        [
          ['quay.example.com', 'openshift_a+builder'],
          ['plain.example.com', 'u'],
        ],
      ],
      ['broken', []],
    ]);
    expect(listing.items[0]?.entries[0]?.password.reveal()).toBe(`${canary}:x`);
  });

  test('never show in what is printed', async () => {
    const found = await cluster(objects);
    const values = [await found.pullSecrets(), await found.secret('quay', 'token'), found, await found.snapshot()];
    for (const value of values) {
      const entry = (await found.pullSecrets()).known ? JSON.stringify(value) : '';
      expect(`${entry} ${inspect(value, { depth: 20, showHidden: true })}`).not.toContain(canary);
      expect(entry).not.toContain(base64(canary));
    }
    const listing = await found.pullSecrets();
    expect(`${listing.known ? String(listing.items[0]?.entries[0]?.password) : ''}`).toBe('[redacted]');
  });
});
