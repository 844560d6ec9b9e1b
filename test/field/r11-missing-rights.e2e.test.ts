import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { fakeApiServer, type FakeApiServer, forbidden, notFound, type Routes } from '../support/fake-api-server.js';
import { project, Fixture } from '../support/quayside.js';

let fixture: Fixture;
let server: FakeApiServer | undefined;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'));
});
afterEach(async () => server?.close());
afterAll(async () => fixture.close());

/** A kubeconfig whose account may read what these routes answer, and nothing else of the core API. */
async function accountWith(routes: Routes): Promise<readonly string[]> {
  server = await fakeApiServer((path, query, request) => {
    const known = routes(path, query, request);
    if (known !== undefined) return known;
    if (/^\/api\/v1\/(?:\w+)$/.test(path)) return forbidden(`list resource "${path.slice('/api/v1/'.length)}"`);
    return notFound;
  });
  return ['--kubeconfig', server.kubeconfig, '-i', 'integration.yaml'];
}

const nothing: Routes = () => undefined;
const kubeSystem = { metadata: { name: 'kube-system', uid: 'u-1' } };
const namespacesAlone: Routes = (path) => {
  if (path === '/api/v1/namespaces') return [200, { items: [kubeSystem], metadata: {} }];
  if (path === '/apis/image.openshift.io/v1') return [200, { resources: [{ name: 'imagestreams' }] }];
  if (path === '/apis/build.openshift.io/v1') return [200, { resources: [{ name: 'builds' }] }];
  return path.endsWith('/imagestreams') ? forbidden('list resource "imagestreams"') : undefined;
};

test('R11: doctor names the missing right and ends with 1', async () => {
  const { code, stdout } = await fixture.run('doctor', ...(await accountWith(nothing)));
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /✗ namespaces: .*User "dev" cannot list resource "namespaces"\n.*the right to list namespaces/,
  );
  expect(stdout).toMatch(/! pull secrets: .*\n.*the right to list secrets/);
  expect(stdout).not.toContain('Dump');
});

test('R11: doctor names the right to image streams where only that is missing', async () => {
  const { code, stdout } = await fixture.run('doctor', ...(await accountWith(namespacesAlone)));
  expect(code).toBe(1);
  expect(stdout).toContain('✓ cluster: UID u-1');
  expect(stdout).toMatch(/✗ image streams: .*\n.*the right to list imagestreams\.image\.openshift\.io/);
});

test('R11: doctor ends with 1 where a dump cannot be identified, as apply does', async () => {
  await fixture.write('shop.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n');
  const { code, stdout } = await fixture.run('doctor', '-c', 'shop.yaml', '-i', 'integration.yaml');
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ cluster: .*kube-system was not seen.*\n.*--cluster-uid/);
});

test.each(['plan', 'apply', 'render', 'diff'])('R11: %s names the missing right, and no dump', async (command) => {
  const { code, stdout, stderr } = await fixture.run(command, ...(await accountWith(nothing)));
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /error \(ClusterAccessForbidden\): .*cannot list resource "namespaces"\n.*right to list namespaces/,
  );
  expect(stderr).not.toMatch(/dump/i);
});

test.each([[['--no-leader-election']], [[]]])('R11: run --once %j ends with 1 and the missing right', async (more) => {
  const account = (
    await accountWith((path) => (/leases/.test(path) ? forbidden('get resource "leases"') : undefined))
  ).slice(0, 2);
  const args = [...account, '--once', '--state', 'state', '--listen', '127.0.0.1:0', ...more];
  const { code, stdout, stderr } = await fixture.run('run', ...args);
  expect(code).toBe(1);
  expect(stdout + stderr).toContain(
    `cannot ${more.length === 0 ? 'get resource \\"leases' : 'list resource \\"namespaces'}`,
  );
});

test('R11: run --once ends with 1 where the login is not accepted', async () => {
  const account = (await accountWith(() => [401, { kind: 'Status', reason: 'Unauthorized' }])).slice(0, 2);
  const args = [...account, '--once', '--state', 'state', '--listen', '127.0.0.1:0', '--no-leader-election'];
  const { code, stdout } = await fixture.run('run', ...args);
  expect(code).toBe(1);
  expect(stdout).toContain('does not accept the credentials');
});

test('R11: run --once ends with 1 where the account may read and not write, and names the right', async () => {
  const integration = JSON.parse(await readFile(fixture.file('integration.yaml'), 'utf8')) as Record<string, unknown>;
  const uid = { uid: 'u-2', resourceVersion: '1' };
  const lists: Readonly<Record<string, readonly object[]>> = {
    '/api/v1/namespaces': [kubeSystem, project('shop')],
    '/apis/quay.redhat.com/v1/quayintegrations': [{ ...integration, metadata: { name: 'quay', ...uid } }],
    '/api/v1/secrets': [],
    '/api/v1/serviceaccounts': [],
    '/apis/quayside.dev/v1alpha1/quayorganizations': [],
  };
  const served = ['quay.redhat.com/v1 quayintegrations', 'quayside.dev/v1alpha1 quayorganizations'];
  const account = await accountWith((path, query, { method = '' }) => {
    if (method !== 'GET') return forbidden(`write ${path}`);
    const api = served.find((one) => path === `/apis/${one.split(' ')[0]}`);
    if (api !== undefined) return [200, { resources: [{ name: api.split(' ')[1] }] }];
    // Nothing happens on a watch.
    if (query.has('watch')) return [200, ''];
    const items = lists[path];
    if (items !== undefined) return [200, { items, metadata: { resourceVersion: '1' } }];
    if (path.endsWith('/secrets/quay')) return [200, secretOf(fixture.token)];
    return notFound;
  });
  const args = [
    ...account.slice(0, 2),
    '--once',
    '--state',
    'state',
    '--listen',
    '127.0.0.1:0',
    '--no-leader-election',
  ];
  const { code, stdout } = await fixture.run('run', ...args);
  expect(code).toBe(1);
  expect(stdout).toMatch(/cannot write \/apis\/[^"]*/);
});

const secretOf = (token: string): object => ({
  metadata: { name: 'quay', namespace: 'quayside', annotations: { 'quayside.dev/hosts': '*' } },
  data: { token: Buffer.from(token).toString('base64') },
});
