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
