import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { RetryableError, TerminalError } from '../../../src/errors/index.js';
import { type Cluster, clusterFromKubeconfig, type KubeconfigOptions } from '../../../src/kube/index.js';
import {
  fakeApiServer,
  type FakeApiServer,
  forbidden,
  notFound,
  type Reply,
  type Routes,
} from '../../support/fake-api-server.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function serve(
  routes: Routes,
  options: KubeconfigOptions = {},
): Promise<{ cluster: Cluster; server: FakeApiServer }> {
  const server = await fakeApiServer(routes);
  const cluster = await clusterFromKubeconfig({ kubeconfig: server.kubeconfig, ...options });
  open.push(cluster, server);
  return { cluster, server };
}

const group = (resource: string): Reply => [200, { kind: 'APIResourceList', resources: [{ name: resource }] }];
const openshift: Record<string, Reply> = {
  '/apis/image.openshift.io/v1': group('imagestreams'),
  '/apis/build.openshift.io/v1': group('builds'),
  '/apis/image.openshift.io/v1/imagestreams': [
    200,
    { items: [{ metadata: { namespace: 'shop', name: 'web' } }], metadata: {} },
  ],
  '/api/v1/namespaces': [
    200,
    { items: [{ metadata: { name: 'kube-system', uid: 'u-1' } }, { metadata: { name: 'shop' } }], metadata: {} },
  ],
};
const registered = (name: string) => `/apis/apiregistration.k8s.io/v1/apiservices/v1.${name}`;
const defined = (name: string) => `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
const plain: Record<string, Reply | undefined> = {
  '/api/v1/namespaces': openshift['/api/v1/namespaces'],
  [registered('image.openshift.io')]: notFound,
  [registered('build.openshift.io')]: notFound,
  [defined('imagestreams.image.openshift.io')]: notFound,
  [defined('builds.build.openshift.io')]: notFound,
};

describe('the snapshot of a live cluster', () => {
  test('reads lists page by page, metadata only, over the same connections', async () => {
    const names = Array.from({ length: 1201 }, (_, at) => `ns-${at}`);
    const { cluster, server } = await serve((path, query) => {
      if (path !== '/api/v1/namespaces') return openshift[path];
      const start = Number(query.get('continue') ?? 0);
      const limit = Number(query.get('limit'));
      const items = names.slice(start, start + limit).map((name) => ({ metadata: { name } }));
      return [200, { items, metadata: start + limit < names.length ? { continue: String(start + limit) } : {} }];
    });
    const { namespaces, imageStreams, hasBuildApis } = await cluster.snapshot();
    expect(namespaces.known && namespaces.items.map(({ name }) => name)).toEqual(names);
    expect(imageStreams).toEqual({ known: true, items: [{ namespace: 'shop', name: 'web', labels: {} }] });
    expect(hasBuildApis).toBe(true);
    const lists = server.requests.filter(({ path }) => path.startsWith('/api/v1/namespaces'));
    expect(lists).toHaveLength(3);
    expect(lists[0]?.accept).toContain('as=PartialObjectMetadataList');
    expect(lists[0]?.authorization).toBe('Bearer live-token');
    await cluster.snapshot();
    expect(new Set(server.requests.map(({ port }) => port)).size).toBeLessThan(6);
  });

  test('begins a list again when the server has forgotten where it was', async () => {
    let forgotten = false;
    const { cluster } = await serve((path, query) => {
      if (path !== '/api/v1/namespaces') return plain[path];
      if (!query.has('continue')) return [200, { items: [{ metadata: { name: 'a' } }], metadata: { continue: 'x' } }];
      if (forgotten) return [200, { items: [{ metadata: { name: 'b' } }], metadata: {} }];
      forgotten = true;
      return [410, { kind: 'Status', reason: 'Expired' }];
    });
    const { namespaces } = await cluster.snapshot();
    expect(namespaces.known && namespaces.items.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('a Kubernetes without the groups has no image streams, known for certain', async () => {
    const { cluster } = await serve((path) => plain[path]);
    expect(await cluster.snapshot()).toMatchObject({
      uid: 'u-1',
      imageStreams: { known: true, items: [] },
      hasBuildApis: false,
    });
  });

  test.each<[string, Record<string, Reply | undefined>]>([
    ['its server is down', { '/apis/image.openshift.io/v1': [503, 'service unavailable'] }],
    ['it is registered but not served', { [registered('image.openshift.io')]: [200, {}] }],
    ['its definition is not in force yet', { [defined('imagestreams.image.openshift.io')]: [200, {}] }],
    ['nobody may tell', { [registered('image.openshift.io')]: forbidden('get apiservices') }],
    ['a proxy answers in its place', { [registered('image.openshift.io')]: [404, '<html>'] }],
    [
      'the list is forbidden',
      { ...openshift, '/apis/image.openshift.io/v1/imagestreams': forbidden('list imagestreams') },
    ],
    ['the list fails', { ...openshift, '/apis/image.openshift.io/v1/imagestreams': [500, 'oops'] }],
    ['the list is no list', { ...openshift, '/apis/image.openshift.io/v1/imagestreams': [200, '<html>'] }],
  ])('the group is unknown, not empty, when %s', async (_, routes) => {
    const { cluster } = await serve((path) => ({ ...plain, ...routes })[path]);
    const { imageStreams } = await cluster.snapshot();
    expect(imageStreams).toMatchObject({ known: false, reason: expect.any(String) });
  });

  test('what is forbidden is named', async () => {
    const { cluster } = await serve(
      (path) => ({ ...openshift, '/api/v1/namespaces': forbidden('list namespaces') })[path],
    );
    expect((await cluster.snapshot()).namespaces).toEqual({
      known: false,
      code: 'ClusterAccessForbidden',
      reason: 'forbidden: User "dev" cannot list namespaces',
      hint: 'Give this account the right to list namespaces.',
    });
  });

  test('the cluster must be the one that was asked for', async () => {
    const { cluster } = await serve((path) => openshift[path], { uid: 'other' });
    await expect(cluster.snapshot()).rejects.toThrow('that of the cluster u-1, not of other');
  });
});

describe('single objects', () => {
  test.each<[string, Reply, string]>([
    ['Active', [200, { metadata: { name: 'a' } }], 'Present'],
    ['Gone', notFound, 'Gone'],
    ['Unknown', [404, 'page not found'], 'Unknown'],
    ['Unknown', forbidden('get'), 'Unknown'],
    ['Unknown', [503, 'no'], 'Unknown'],
    ['Unknown', [401, {}], 'Unknown'],
  ])('a namespace is %s', async (namespace, reply, imageStream) => {
    const { cluster } = await serve(() => reply);
    expect(await cluster.namespace('a')).toBe(namespace);
    expect(await cluster.imageStream('a', 'b')).toBe(imageStream);
  });

  test('a namespace whose deletion has begun is terminating', async () => {
    const { cluster } = await serve(() => [200, { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }]);
    expect(await cluster.namespace('a')).toBe('Terminating');
  });

  test('a secret that may not be read is an error, one that is not there is none', async () => {
    const data = { token: Buffer.from('c4n4ry').toString('base64') };
    const copy = { 'kubectl.kubernetes.io/last-applied-configuration': '{"stringData":{"token":"c4n4ry"}}' };
    const metadata = { labels: { a: 'b' }, annotations: { c: 'd', ...copy } };
    const { cluster } = await serve((path) => {
      if (path.endsWith('/secrets/there')) return [200, { data, metadata, type: 'Opaque' }];
      return path.endsWith('/secrets/closed') ? forbidden('get secrets') : notFound;
    });
    const secret = await cluster.secret('quay', 'there');
    expect(secret?.data.get('token')).toBe('c4n4ry');
    expect(secret).toMatchObject({ labels: { a: 'b' }, annotations: { c: 'd' }, type: 'Opaque' });
    expect(inspect(secret)).not.toContain('c4n4ry');
    expect(await cluster.secret('quay', 'gone')).toBeUndefined();
    expect(await cluster.configMap('quay', 'gone')).toBeUndefined();
    const refused = cluster.secret('quay', 'closed');
    await expect(refused).rejects.toBeInstanceOf(TerminalError);
    await expect(refused).rejects.toMatchObject({
      code: 'ClusterAccessForbidden',
      hint: 'Give this account the right to get secrets in the namespace quay.',
    });
  });
});

test('only pull secrets are listed, with what is in them', async () => {
  const auths = { auths: { 'quay.example.com': { auth: Buffer.from('o+r:c4n4ry').toString('base64') } } };
  const data = { '.dockerconfigjson': Buffer.from(JSON.stringify(auths)).toString('base64') };
  const { cluster } = await serve((path, query) =>
    path === '/api/v1/secrets' && query.get('fieldSelector') === 'type=kubernetes.io/dockerconfigjson'
      ? [200, { items: [{ metadata: { namespace: 'a', name: 'b', labels: { c: 'd' } }, data }], metadata: {} }]
      : notFound,
  );
  const listing = await cluster.pullSecrets();
  expect(listing).toMatchObject({ known: true, items: [{ namespace: 'a', name: 'b', labels: { c: 'd' } }] });
  expect(listing.known && listing.items[0]?.entries[0]?.password.reveal()).toBe('c4n4ry');
  expect(inspect(listing, { depth: 9 })).not.toContain('c4n4ry');
});

describe('integrations', () => {
  const spec = { credentialsSecret: { namespace: 'q', name: 't' }, quayHostname: 'quay.example.com' };
  const current: Reply = [200, { items: [{ metadata: { name: 'quay' }, spec }], metadata: {} }];

  test('are none in a cluster without the CRDs', async () => {
    const { cluster } = await serve(() => undefined);
    expect(await cluster.integrations()).toEqual([]);
  });

  test('of both groups; one that is not there is no refusal for who has few rights', async () => {
    const { cluster } = await serve((path) => {
      if (path === '/apis/quay.redhat.com/v1/quayintegrations') return current;
      return path === '/apis/redhatcop.redhat.io/v1alpha1' ? undefined : forbidden('list quayintegrations');
    });
    expect((await cluster.integrations()).map(({ metadata }) => metadata.name)).toEqual(['quay']);
  });

  test('that may not be listed are an error, not none', async () => {
    const { cluster } = await serve((path) =>
      path.endsWith('quayintegrations') ? forbidden('list quayintegrations') : [200, { resources: [] }],
    );
    await expect(cluster.integrations()).rejects.toThrow('cannot list quayintegrations');
  });
});

describe('a kubeconfig', () => {
  test('gives its contexts', async () => {
    const { cluster, server } = await serve(() => notFound, { context: 'second' });
    await cluster.namespace('a');
    expect(server.requests[0]?.authorization).toBe('Bearer other-token');
    await expect(clusterFromKubeconfig({ kubeconfig: server.kubeconfig, context: 'third' })).rejects.toThrow(
      'has no context third (It has first, second.)',
    );
  });

  test('that cannot be read says so, and repeats nothing of it', async () => {
    await expect(clusterFromKubeconfig({ kubeconfig: '/nowhere/config' })).rejects.toThrow('there is no such file');
    const { server } = await serve(() => notFound);
    writeFileSync(server.kubeconfig, 'users: [c4n4ry: "');
    const error: unknown = await clusterFromKubeconfig({ kubeconfig: server.kubeconfig }).catch(
      (thrown: unknown) => thrown,
    );
    expect(String(error)).toContain('cannot be read as a kubeconfig');
    expect(inspect(error)).not.toContain('c4n4ry');
  });

  test('credentials that are not accepted, and a server that is not there', async () => {
    const { cluster, server } = await serve(() => [401, { kind: 'Status', message: 'Unauthorized' }]);
    await expect(cluster.snapshot()).rejects.toMatchObject({ code: 'ClusterLoginRejected' });
    await server.close();
    const unreachable = cluster.snapshot();
    await expect(unreachable).rejects.toBeInstanceOf(RetryableError);
    await expect(unreachable).rejects.toThrow(`no answer from the API server ${server.url}`);
    open.splice(0);
  });
});
