import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type GitServer, startGitServer } from '../git/http-server.js';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.js';
import { fakeApiServer, type FakeApiServer, notFound } from '../support/fake-api-server.js';
import { type Certificate, certificateFor, type Loopback, serveHTTPS } from '../support/loopback.js';
import { type Finished, Fixture, imageStream, kubeSystem, project } from '../support/quayside.js';

/** Names that only the proxy knows: no DNS has them. */
const domain = 'quayside.test';
const portOf = (url: string): string => new URL(url).port;

let fixture: Fixture;
let certificates: Record<'quay' | 'git' | 'api', Certificate>;
let gitServer: GitServer;
let apiServer: Loopback;
let plainApiServer: FakeApiServer;
let proxy: ConnectProxy;

const gitSecret = (): object => ({
  metadata: {
    name: 'git',
    namespace: 'quayside',
    annotations: { 'quayside.dev/hosts': `git.${domain}:${portOf(gitServer.url)}` },
  },
  data: { 'ca.crt': Buffer.from(certificates.git.cert).toString('base64') },
});
const kubeconfig = async (server: string, more: object): Promise<string> =>
  fixture.write('kubeconfig', {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server, ...more } }],
    users: [{ name: 'u', user: { token: 'live' } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });

beforeAll(async () => {
  const [quay, git, api] = await Promise.all(['quay', 'git', 'api'].map((name) => certificateFor(`${name}.${domain}`)));
  if (quay === undefined || git === undefined || api === undefined) throw new Error('no certificates');
  certificates = { quay, git, api };
  fixture = await Fixture.open({ tls: quay });
  await fixture.write('quay.pem', quay.cert);
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', fixture.file('state.git')]);
  gitServer = await startGitServer({ repository: fixture.file('state.git'), tls: git });
  const answers = (path: string): object | undefined => {
    if (path === '/api/v1/namespaces') return { items: [kubeSystem, project('shop')], metadata: {} };
    if (path === '/apis/image.openshift.io/v1') return { resources: [{ name: 'imagestreams' }] };
    if (path.endsWith('/imagestreams')) return { items: [imageStream('shop', 'web')], metadata: {} };
    return path === '/api/v1/namespaces/quayside/secrets/git' ? gitSecret() : undefined;
  };
  apiServer = await serveHTTPS(api, ({ url = '' }, response) => {
    const body = answers(url.replace(/\?.*/, ''));
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? notFound[1]));
  });
  plainApiServer = await fakeApiServer((path) => {
    const body = answers(path);
    return body === undefined ? notFound : [200, body];
  });
  await fixture.integration({
    quayHostname: `quay.${domain}:${portOf(fixture.quay.url)}`,
    insecureRegistry: false,
    git: { url: `https://git.${domain}:${portOf(gitServer.url)}/state.git`, secretRef: { name: 'git' } },
  });
});
afterEach(async () => proxy.close());
afterAll(async () => {
  await gitServer.close();
  await apiServer.close();
  await plainApiServer.close();
  await fixture.close();
});

async function run(command: string, environment: Record<string, string>, ...more: string[]): Promise<Finished> {
  const args = [command, '-i', 'integration.yaml', '--ca-file', 'quay.pem', ...more];
  return fixture.start(args, { QUAYSIDE_CACHE: fixture.file('cache'), ...environment }).finished;
}

async function secure(): Promise<readonly string[]> {
  const ca = Buffer.from(certificates.api.cert).toString('base64');
  const server = `https://api.${domain}:${portOf(apiServer.url)}`;
  return ['--kubeconfig', await kubeconfig(server, { 'certificate-authority-data': ca })];
}

const hosts = (reached: readonly string[]): readonly string[] =>
  [...new Set(reached.map((one) => one.replace(/:\d+$/, '')))].sort();
const all = ['api', 'git', 'quay'].map((name) => `${name}.${domain}`);

describe('R6: behind a proxy', () => {
  test('R6: Quay, the API server and the state repository are reached, each by its own CA', async () => {
    proxy = await startConnectProxy();
    const environment = { HTTPS_PROXY: proxy.url, NO_PROXY: '10.0.0.0/8,.svc' };
    const checked = await run('doctor', environment, ...(await secure()));
    expect(checked.stderr).toBe('');
    expect(checked.stdout).toContain(`✓ proxy: Quay through ${proxy.url} (HTTPS_PROXY), the API server through`);
    expect(checked.stdout).not.toContain('✗');
    expect(hosts(proxy.tunnels)).toEqual(all);
    const applied = await run('apply', environment, ...(await secure()));
    expect([applied.code, applied.stderr]).toEqual([0, '']);
    expect(applied.stdout).toContain('5 of 5 changes done.');
    expect(await run('plan', environment, ...(await secure()))).toMatchObject({ code: 0 });
  });

  test('R6: what the proxy asks for is given, and not shown', async () => {
    proxy = await startConnectProxy({ login: 'ada:c4n4ry' });
    const { code, stdout, stderr } = await run('plan', { https_proxy: proxy.url }, ...(await secure()));
    expect([code, stderr]).toEqual([0, '']);
    await fixture.cluster(project('shop'), { apiVersion: 'v1', kind: 'Secret', ...gitSecret() });
    const wrong = { https_proxy: proxy.url.replace('c4n4ry', 'c4n4ries') };
    const refused = await run('doctor', wrong, '--cluster', 'cluster.json');
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(/✗ state repository: the proxy does not lead to https:\/\/git\..*407/);
    expect(stdout + stderr + refused.stdout + refused.stderr).not.toContain('c4n4r');
  });

  test('R6: an API server without TLS is asked by its whole address', async () => {
    proxy = await startConnectProxy();
    const server = `http://api.${domain}:${portOf(plainApiServer.url)}`;
    const config = await kubeconfig(server, { 'insecure-skip-tls-verify': true });
    const found = await run('plan', { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url }, '--kubeconfig', config);
    expect(found).toMatchObject({ code: 0, stderr: '' });
    expect(hosts(proxy.forwarded)).toEqual([`api.${domain}`]);
    expect(hosts(proxy.tunnels)).toEqual([`git.${domain}`, `quay.${domain}`]);
  });
});

test('R6: doctor tells the proxy that the kubeconfig names for the API server, without its login', async () => {
  proxy = await startConnectProxy({ login: 'ada:c4n4ry' });
  const own = proxy.url.replace('c4n4ry', 'c4n4ry');
  const server = `http://api.${domain}:${portOf(plainApiServer.url)}`;
  const config = await kubeconfig(server, { 'insecure-skip-tls-verify': true, 'proxy-url': own });
  const { stdout } = await run('doctor', {}, '--kubeconfig', config);
  expect(stdout).toContain(`the API server through http://${new URL(own).host} (proxy-url of the kubeconfig)`);
  expect(stdout).not.toContain('c4n4ry');
});

describe('R6: a proxy that does not help', () => {
  test('R6: is left aside for what NO_PROXY names, and doctor says so', async () => {
    proxy = await startConnectProxy();
    const environment = { HTTPS_PROXY: proxy.url, NO_PROXY: `.${domain}` };
    await fixture.cluster(project('shop'));
    const { code, stdout } = await run('doctor', environment, '--cluster', 'cluster.json');
    expect(code).toBe(1);
    expect(stdout).toContain('✓ proxy: Quay directly, the state repository directly\n');
    expect(proxy.tunnels).toEqual([]);
  });

  test.each([
    [403, 'it answered 403', 'Check the proxy in HTTPS_PROXY, or name quay.quayside.test in NO_PROXY.'],
    [407, 'it answered 407', 'Put user:password@ in front of its host in HTTPS_PROXY'],
  ])('R6: is named with what it answered: %d', async (refuse, why, hint) => {
    proxy = await startConnectProxy({ refuse });
    await fixture.cluster(project('shop'));
    const { code, stdout } = await run('doctor', { HTTPS_PROXY: proxy.url }, '--cluster', 'cluster.json');
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ connection: .* no way to https:\/\/quay\.quayside\.test:\d+ through the proxy http/);
    expect(stdout).toContain(why);
    expect(stdout).toContain(hint);
  });

  test('R6: that is not there is named, for the API server as well', async () => {
    proxy = await startConnectProxy();
    const environment = { HTTPS_PROXY: 'http://127.0.0.1:1' };
    const { code, stderr } = await run('plan', environment, ...(await secure()));
    expect(code).toBe(1);
    expect(stderr).toMatch(/ClusterUnreachable.* through the proxy http:\/\/127\.0\.0\.1:1[^]*HTTPS_PROXY/);
  });

  test('R6: whose variable is no address is refused by name', async () => {
    proxy = await startConnectProxy();
    await fixture.cluster(project('shop'));
    const { code, stderr } = await run('plan', { HTTPS_PROXY: 'http://ada:c4n4ry@' }, '--cluster', 'cluster.json');
    expect(code).toBe(1);
    expect(stderr).toMatch(/error \(ProxyInvalid\): HTTPS_PROXY is not the address of a proxy/);
    expect(stderr).not.toContain('c4n4ry');
  });
});

test('R6: the simulator on this host is reached directly, whatever the variables say', async () => {
  proxy = await startConnectProxy({ refuse: 403 });
  const near = await Fixture.open();
  await near.cluster(project('shop'));
  const environment = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url };
  const { code } = await near.start(['plan', ...near.inputArguments], environment).finished;
  expect([code, proxy.tunnels, proxy.forwarded]).toEqual([2, [], []]);
  expect(await readFile(near.file('integration.yaml'), 'utf8')).toContain('127.0.0.1');
  await near.close();
});
