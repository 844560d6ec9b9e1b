import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPaced } from '../../src/forge/github/octokit.js';
import { comparisonPage, findForge, type ForgeKind, openForge } from '../../src/forge/index.js';
import { proxyFor } from '../../src/proxy/index.js';
import { startConnectProxy } from '../support/connect-proxy.js';
import { certificateFor, serveHTTPS } from '../support/loopback.js';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A host that answers some paths, and remembers what it was shown. */
async function host(answers: Readonly<Record<string, Answer>>, otherwise: Answer = { status: 404, text: 'no' }) {
  const shown: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    shown.push(request.headers.authorization);
    const { status, body, text, headers } = answers[request.url ?? ''] ?? otherwise;
    response.writeHead(status, { 'content-type': text === undefined ? 'application/json' : 'text/html', ...headers });
    response.end(text ?? JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, shown };
}

const github = (project: string) => ({ kind: 'GitHub', api: 'https://api.github.com', project });

describe('F39 the forge of an address', () => {
  test.each<[string, object]>([
    ['https://github.com/acme/state.git', github('acme/state')],
    ['https://github.com/acme/state/', github('acme/state')],
    [['https://user:secret', 'github.com/acme/state'].join('@'), github('acme/state')],
    ['git@github.com:acme/state.git', github('acme/state')],
    ['ssh://git@ssh.github.com:443/acme/state.git', github('acme/state')],
    ['https://GitHub.com/Acme/State.git', github('Acme/State')],
    ['https://acme.ghe.com/acme/state.git', { kind: 'GitHub', api: 'https://api.acme.ghe.com' }],
    ['git@acme.ghe.com:acme/state.git', { kind: 'GitHub', api: 'https://api.acme.ghe.com' }],
    ['https://gitlab.com/acme/platform/sub/state.git', { kind: 'GitLab', project: 'acme/platform/sub/state' }],
    ['git@gitlab.com:acme/state.git', { kind: 'GitLab', api: 'https://gitlab.com/api/v4', project: 'acme/state' }],
    ['ssh://git@altssh.gitlab.com:443/acme/state.git', { kind: 'GitLab', api: 'https://gitlab.com/api/v4' }],
    ['https://codeberg.org/acme/state.git', { kind: 'Gitea', api: 'https://codeberg.org/api/v1' }],
    ['git@gitea.com:acme/state.git', { kind: 'Gitea', api: 'https://gitea.com/api/v1' }],
  ])('%s is known without asking', async (gitUrl, expected) => {
    expect(await findForge({ gitUrl })).toMatchObject(expected);
  });

  test.each([
    ['https://bitbucket.org/acme/state.git', 'Bitbucket'],
    ['git@altssh.bitbucket.org:acme/state.git', 'Bitbucket'],
    ['https://dev.azure.com/acme/platform/_git/state', 'Azure DevOps'],
    ['git@ssh.dev.azure.com:v3/acme/platform/state', 'Azure DevOps'],
    ['acme@vs-ssh.visualstudio.com:v3/acme/platform/state', 'Azure DevOps'],
    ['https://acme.visualstudio.com/platform/_git/state', 'Azure DevOps'],
  ])('%s is refused with what works instead', async (gitUrl, name) => {
    await expect(findForge({ gitUrl })).rejects.toMatchObject({
      code: 'ForgeNotSupported',
      message: expect.stringContaining(name),
      hint: expect.stringContaining('a person opens the pull request'),
    });
  });

  test('a folder is on no forge', async () => {
    await expect(findForge({ gitUrl: '/srv/state.git' })).rejects.toMatchObject({ code: 'NoForge' });
  });

  const gitea = { '/api/v1/version': { status: 200, body: { version: '1.26.0' } } };
  test.each<[string, Readonly<Record<string, Answer>>, string, { kind: ForgeKind; path: string; project: string }]>([
    ['Gitea', gitea, 'acme/state', { kind: 'Gitea', path: '/api/v1', project: 'acme/state' }],
    [
      'Forgejo',
      { '/api/v1/version': { status: 200, body: { version: '9.0.0+gitea-1.22.0' } } },
      'acme/state',
      { kind: 'Gitea', path: '/api/v1', project: 'acme/state' },
    ],
    [
      'Gitea under a path',
      { '/git/api/v1/version': { status: 200, body: { version: '1.26.0' } } },
      'git/acme/state',
      { kind: 'Gitea', path: '/git/api/v1', project: 'acme/state' },
    ],
    [
      'Gitea where people sign in',
      { '/api/v1/version': { status: 403, body: { message: 'Only signed in user is allowed', url: '/api/swagger' } } },
      'acme/state',
      { kind: 'Gitea', path: '/api/v1', project: 'acme/state' },
    ],
    [
      'GitLab, which tells its version to nobody',
      { '/api/v4/version': { status: 401, body: { message: '401 Unauthorized' } } },
      'acme/platform/state',
      { kind: 'GitLab', path: '/api/v4', project: 'acme/platform/state' },
    ],
    [
      'GitLab under a path',
      { '/gitlab/api/v4/version': { status: 401, body: { message: '401 Unauthorized' } } },
      'gitlab/acme/state',
      { kind: 'GitLab', path: '/gitlab/api/v4', project: 'acme/state' },
    ],
    [
      'an Enterprise Server',
      { '/api/v3/meta': { status: 200, body: { installed_version: '3.17.0' } } },
      'acme/state',
      { kind: 'GitHub', path: '/api/v3', project: 'acme/state' },
    ],
    [
      'an Enterprise Server in private mode',
      {
        '/api/v3/meta': {
          status: 401,
          body: { message: 'Must authenticate' },
          headers: { 'x-github-request-id': '1' },
        },
      },
      'acme/state',
      { kind: 'GitHub', path: '/api/v3', project: 'acme/state' },
    ],
  ])('%s is found by its answers, and sees no token', async (_name, answers, path, { kind, path: api, project }) => {
    const { origin, shown } = await host(answers);
    const gitUrl = `${origin.replace('//', '//user:canary-password@')}/${path}.git`;
    expect(await findForge({ gitUrl })).toEqual({ kind, api: `${origin}${api}`, project });
    expect(shown.every((header) => header === undefined)).toBe(true);
  });

  test('Bitbucket Data Center is found and refused', async () => {
    const { origin } = await host({
      '/rest/api/1.0/application-properties': { status: 200, body: { displayName: 'Bitbucket', version: '9.0.0' } },
    });
    await expect(findForge({ gitUrl: `${origin}/scm/acme/state.git` })).rejects.toMatchObject({
      code: 'ForgeNotSupported',
    });
  });

  test.each<[string, Answer]>([
    ['a page for everything', { status: 200, text: '<html>welcome</html>' }],
    ['a redirect to another host', { status: 302, text: '', headers: { location: 'https://login.example.com/' } }],
    ['401 with words for everything', { status: 401, body: { message: '401 Unauthorized' } }],
  ])('a host that answers %s is unknown, with what to set', async (_name, otherwise) => {
    const { origin } = await host({}, otherwise);
    await expect(findForge({ gitUrl: `${origin}/acme/platform/state.git` })).rejects.toMatchObject({
      code: 'ForgeUnknown',
      hint: expect.stringContaining('spec.git.forge.kind'),
    });
  });

  test('with a certificate of a private authority is found and asked through a proxy, and without the authority shown nothing', async () => {
    const shown: (string | undefined)[] = [];
    const certificate = await certificateFor('git.example.test');
    const server = await serveHTTPS(certificate, (request, response) => {
      shown.push(request.headers.authorization);
      const isVersion = request.url === '/api/v1/version';
      const body = isVersion ? { version: '1.26.0' } : { id: 1, full_name: 'acme/state' };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    const proxy = await startConnectProxy();
    open.push(server.close, proxy.close);
    // A name that only the proxy knows.
    const origin = server.url.replace('127.0.0.1', 'git.example.test');
    const gitUrl = `${origin}/acme/state.git`;
    const way = (address: string) => proxyFor(address, { HTTPS_PROXY: proxy.url });
    await expect(findForge({ gitUrl, proxyFor: way })).rejects.toMatchObject({ code: 'TLSVerificationFailed' });
    const stated = { kind: 'Gitea', url: `${origin}/api/v1` } as const;
    const untrusted = await openForge({ gitUrl, stated, proxyFor: way }, { token: 'canary' });
    open.push(() => untrusted.close());
    await expect(untrusted.forge.repository()).rejects.toMatchObject({ code: 'TLSVerificationFailed' });
    expect(shown).toEqual([]);
    const trusted = await openForge({ gitUrl, ca: certificate.cert, proxyFor: way }, { token: 'canary' });
    open.push(() => trusted.close());
    expect(await trusted.forge.repository()).toMatchObject({ fullName: 'acme/state' });
    expect(shown.filter((one) => one !== undefined)).toEqual(['token canary']);
    expect(new Set(proxy.tunnels)).toEqual(new Set([new URL(origin).host]));
  });

  test('what a person states wins, and nothing is asked', async () => {
    const { origin, shown } = await host(gitea);
    const stated = { kind: 'GitLab', url: `${origin}/git/api/v4/`, project: 'other/place' } as const;
    expect(await findForge({ gitUrl: `${origin}/acme/state.git`, stated })).toEqual({
      kind: 'GitLab',
      api: `${origin}/git/api/v4`,
      project: 'other/place',
    });
    expect(shown).toEqual([]);
  });
});

test.each([
  ['GitHub', 'git@github.com:acme/state.git', 'https://github.com/acme/state/compare/main...quayside/openshift/quay'],
  [
    'GitLab',
    'https://git.example.test:8443/a/b/state.git',
    'https://git.example.test:8443/a/b/state/-/compare/main...quayside/openshift/quay',
  ],
  [
    'Gitea',
    'ssh://git@git.example.test:2222/acme/state',
    'https://git.example.test/acme/state/compare/main...quayside/openshift/quay',
  ],
] as const)('the whole change of %s at %s has a page', (kind, gitUrl, page) => {
  expect(comparisonPage({ kind, gitUrl, base: 'main', head: 'quayside/openshift/quay' })).toBe(page);
});

test.each([
  ['https://api.github.com', true],
  ['https://api.acme.ghe.com', true],
  ['https://github.example.com/api/v3', false],
  ['https://notgithub.com/api/v3', false],
  ['http://127.0.0.1:8080/api/v3', false],
])('writes to %s go one second apart: %s', (api, expected) => {
  expect(isPaced(api)).toBe(expected);
});
