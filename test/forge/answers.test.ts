import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Forge, openForge, type OpenForge } from '../../src/forge/index.js';
import { removeTemporary } from '../support/temporary.js';
import { type Said, type StandIn, startGitHub, startGitLab } from './stand-in.js';

const branch = 'quayside/openshift/quay';
let now = Date.UTC(2026, 0, 1);
const kinds = { GitHub: startGitHub, GitLab: startGitLab } as const;

const open: { readonly standIns: StandIn[]; readonly forges: OpenForge[] } = { standIns: [], forges: [] };
beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
});
afterEach(async () => {
  await Promise.all(open.forges.splice(0).map((forge) => forge.close()));
  await Promise.all(open.standIns.splice(0).map((standIn) => standIn.close()));
  await removeTemporary();
});

async function ready(
  kind: keyof typeof kinds,
  token?: string,
): Promise<{ readonly standIn: StandIn; readonly forge: Forge }> {
  const standIn = await kinds[kind]();
  open.standIns.push(standIn);
  standIn.repository.commit('main', { 'a.yaml': 'a\n' });
  const stated = { kind, url: standIn.api };
  const opened = await openForge({ gitUrl: standIn.gitUrl, stated, now: () => now }, { token: token ?? standIn.token });
  open.forges.push(opened);
  return { standIn, forge: opened.forge };
}

/** The token of both stand-ins. */
const sent = 'canary-forge-token-4711';
const text = { title: 'Add', body: 'words', base: 'main' };
const limited = (status: number, message: string, headers: Record<string, string> = {}): Said => ({
  status,
  body: { message },
  headers,
});

describe('D15 F31 F32 what a forge refuses', () => {
  test.each<[keyof typeof kinds, string, Said, string, string]>([
    ['GitHub', 'a wrong token', limited(401, 'Bad credentials'), 'ForgeAuthenticationFailed', 'new one'],
    [
      'GitHub',
      'a right that is missing',
      limited(403, 'Resource not accessible by integration', {
        'x-accepted-github-permissions': 'pull_requests=write',
      }),
      'ForgePermissionMissing',
      'pull_requests=write',
    ],
    [
      'GitHub',
      'single sign-on',
      limited(403, 'Resource protected', { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso' }),
      'ForgePermissionMissing',
      'https://github.com/orgs/acme/sso',
    ],
    [
      'GitHub',
      'a missing right that repeats what was sent',
      limited(403, 'no', { 'x-accepted-github-permissions': `${sent}=write` }),
      'ForgePermissionMissing',
      'this right: [redacted]',
    ],
    [
      'GitHub',
      'single sign-on that repeats what was sent',
      limited(403, 'no', { 'x-github-sso': `required; url=https://github.com/sso?${sent}` }),
      'ForgePermissionMissing',
      'sso?[redacted]',
    ],
    [
      'GitLab',
      'a missing scope that repeats what was sent',
      { status: 403, body: { error: sent, error_description: sent, scope: sent } },
      'ForgePermissionMissing',
      'scope [redacted]',
    ],
    [
      'GitHub',
      'an archived repository',
      limited(403, 'Repository was archived so is read-only.'),
      'RepositoryArchived',
      'archive',
    ],
    ['GitHub', 'a branch of that name', limited(422, 'quayside/archived/quay has no history'), 'ForgeRefused', ''],
    ['GitHub', 'a hidden repository', limited(404, 'Not Found'), 'ForgeRepositoryNotFound', 'GitHub App'],
    [
      'GitHub',
      'a page',
      { status: 200, text: '<html>sign in</html>' },
      'ForgeAuthenticationFailed',
      'spec.git.forge.url',
    ],
    ['GitHub', 'a server error', { status: 502, text: '<html>bad gateway</html>' }, 'ForgeUnavailable', 'tried again'],
    ['GitHub', 'a value', limited(422, 'Validation Failed'), 'ForgeRefused', ''],
    [
      'GitLab',
      'an expired token',
      { status: 401, body: { error: 'invalid_token', error_description: 'Token is expired.' } },
      'ForgeAuthenticationFailed',
      'new one',
    ],
    [
      'GitLab',
      'a scope that is missing',
      {
        status: 403,
        body: {
          error: 'insufficient_scope',
          error_description: 'The request requires higher privileges.',
          scope: 'api',
        },
      },
      'ForgePermissionMissing',
      'scope api',
    ],
    [
      'GitLab',
      'a hidden project',
      { status: 404, body: { message: '404 Project Not Found' } },
      'ForgeRepositoryNotFound',
      'address',
    ],
    [
      'GitLab',
      'a title',
      { status: 400, body: { message: { title: ['is too long (maximum is 255 characters)'] } } },
      'ForgeRefused',
      '',
    ],
    [
      'GitLab',
      'a moved project',
      { status: 405, body: { message: 'Non GET methods are not allowed for moved projects' } },
      'ForgeMoved',
      'new address',
    ],
  ])('%s: %s has its reason and its cure', async (kind, _what, said, code, cure) => {
    const { standIn, forge } = await ready(kind);
    await forge.repository();
    standIn.fault = () => said;
    const failure: unknown = await forge.update(1, { title: 'x' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code });
    expect(String(Reflect.get(failure as object, 'hint') ?? '')).toContain(cure);
    expect(JSON.stringify(failure) + String(failure)).not.toContain(standIn.token);
  });

  test.each<[keyof typeof kinds, string, () => Said, number]>([
    [
      'GitHub',
      'a secondary limit with its time',
      () => limited(403, 'You have exceeded a secondary rate limit.', { 'retry-after': '30' }),
      30,
    ],
    ['GitHub', 'a secondary limit without', () => limited(403, 'You have exceeded a secondary rate limit.'), 60],
    ['GitHub', 'an old Enterprise Server', () => limited(403, 'You have triggered an abuse detection mechanism.'), 60],
    ['GitHub', 'a plain 429', () => limited(429, 'slow down', { 'retry-after': '5' }), 5],
    [
      'GitHub',
      'the hour used up',
      () =>
        limited(403, 'API rate limit exceeded for x', {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(now / 1000 + 3_000),
        }),
      3_000,
    ],
    ['GitHub', 'a proxy', () => ({ status: 503, text: '<html>busy</html>', headers: { 'retry-after': '7' } }), 7],
    ['GitLab', 'a plain text', () => ({ status: 429, text: 'Retry later' }), 60],
    [
      'GitLab',
      'a plain text with its time',
      () => ({ status: 429, text: 'Retry later', headers: { 'retry-after': '9' } }),
      9,
    ],
  ])('%s: %s is obeyed, and nothing is asked before', async (kind, _what, said, seconds) => {
    const { standIn, forge } = await ready(kind);
    await forge.repository();
    standIn.fault = said;
    await expect(forge.find(branch)).rejects.toMatchObject({ code: 'ForgeRateLimited', retryAfter: seconds });
    standIn.fault = undefined;
    const calls = standIn.calls.length;
    now += seconds * 1000 - 1;
    await expect(forge.find(branch)).rejects.toMatchObject({ code: 'ForgeRateLimited' });
    expect(standIn.calls).toHaveLength(calls);
    now += 1;
    expect(await forge.find(branch)).toEqual({ open: [], closed: undefined });
  });

  test.each(['GitHub', 'GitLab'] as const)('F31 %s with another token says so, and shows neither', async (kind) => {
    const { forge } = await ready(kind, 'canary-wrong-token');
    const failure: unknown = await forge.repository().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'ForgeAuthenticationFailed', retryable: false });
    expect(String(failure)).not.toContain('canary');
  });

  test('F34 a redirect of a renamed repository is not followed, and a POST never becomes a GET', async () => {
    const { standIn, forge } = await ready('GitHub');
    standIn.repository.commit(branch, { 'b.yaml': 'b\n' });
    standIn.fault = ({ path }) =>
      path.startsWith('/repos/acme')
        ? {
            status: 301,
            body: { message: 'Moved Permanently' },
            headers: { location: `${standIn.api}/repositories/4711/pulls` },
          }
        : undefined;
    await expect(forge.create(branch, text, [])).rejects.toMatchObject({
      code: 'ForgeMoved',
      message: expect.stringContaining('/repositories/4711'),
    });
    expect(standIn.calls).toEqual([{ call: 'POST /repos/acme/state/pulls', status: 301 }]);
  });

  test('F28 GitHub that has not seen the push yet is asked again, and opens one request', async () => {
    const { standIn, forge } = await ready('GitHub');
    await expect(forge.create(branch, text, [])).rejects.toMatchObject({ code: 'ProposalUnseen', retryable: true });
    standIn.repository.commit(branch, { 'b.yaml': 'b\n' });
    expect(await forge.create(branch, text, ['quayside'])).toMatchObject({ number: 1, head: branch, base: 'main' });
  });

  test('an answer of another forge names what to check', async () => {
    const { standIn, forge } = await ready('GitHub');
    standIn.fault = () => ({ status: 200, body: { version: '1.26.0' } });
    await expect(forge.repository()).rejects.toMatchObject({
      code: 'ForgeUnknown',
      hint: expect.stringContaining('spec.git.forge'),
    });
  });

  test('a forge that is not there is unavailable, and its address in the words', async () => {
    const { standIn, forge } = await ready('GitLab');
    await standIn.close();
    open.standIns.splice(0);
    await expect(forge.repository()).rejects.toMatchObject({ code: 'ForgeUnavailable', retryable: true });
  });

  test.each(['GitHub', 'GitLab'] as const)('%s tells when its token ends, and is asked for that once', async (kind) => {
    const { standIn, forge } = await ready(kind);
    standIn.tokenExpires = '2027-01-31';
    await forge.find(branch);
    const ends = Date.UTC(2027, 0, 31);
    expect([await forge.tokenExpires(), await forge.tokenExpires()]).toEqual([ends, ends]);
    expect(standIn.calls.filter(({ call }) => call.includes('personal_access_tokens')).length).toBe(
      kind === 'GitLab' ? 1 : 0,
    );
  });

  test('a status is said once to GitLab, and short enough to GitHub', async () => {
    const commit = 'a'.repeat(40);
    const status = { state: 'success', context: 'quayside/openshift/quay', description: 'x'.repeat(400) } as const;
    for (const kind of ['GitLab', 'GitHub'] as const) {
      const { standIn, forge } = await ready(kind);
      await forge.status(commit, status);
      await forge.status(commit, status);
      expect(standIn.statuses.length).toBe(kind === 'GitLab' ? 1 : 2);
    }
  });
});

describe('F33 a GitHub App', () => {
  const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();

  async function installed() {
    const standIn = await startGitHub();
    open.standIns.push(standIn);
    const waits: number[] = [];
    const tokens: string[] = [];
    const stated = { kind: 'GitHub', url: standIn.api } as const;
    const opened = await openForge(
      {
        gitUrl: standIn.gitUrl,
        stated,

        now: () => now,
        delay: async (milliseconds) => void waits.push(milliseconds),
      },
      { appID: '12345', privateKey },
    );
    open.forges.push(opened);
    return { standIn, waits, tokens, opened };
  }

  const minted = (standIn: StandIn, token: string, minutes = 60): Said => ({
    status: 201,
    body: { token, expires_at: new Date(now + minutes * 60_000).toISOString() },
  });

  test('F33 mints a token for the one repository, and Git gets the same, however long it is', async () => {
    const { standIn, opened } = await installed();
    const long = `ghs_12345_${'x'.repeat(510)}`;
    standIn.fault = ({ path, body }) => {
      if (!path.endsWith('/access_tokens')) return undefined;
      expect(body).toMatchObject({
        repositories: ['state'],
        permissions: { contents: 'write', pull_requests: 'write', statuses: 'write' },
      });
      return minted(standIn, long);
    };
    expect(await opened.gitPassword?.()).toEqual({ username: 'x-access-token', password: long });
    expect(await opened.forge.account()).toBe('quayside[bot]');
  });

  test('F33 a token that not every server knows yet is shown again after a moment', async () => {
    const { standIn, waits, opened } = await installed();
    let refusals = 2;
    standIn.fault = ({ path }) =>
      path === '/repos/acme/state' && refusals-- > 0 ? limited(401, 'Bad credentials') : undefined;
    expect(await opened.forge.repository()).toMatchObject({ fullName: 'acme/state' });
    expect(waits).toEqual([1_000, 2_000]);
  });

  test('F33 a token that was revoked in use is replaced once', async () => {
    const { standIn, opened } = await installed();
    await opened.forge.repository();
    now += 600_000;
    let refusals = 1;
    standIn.fault = ({ path }) =>
      path === '/repos/acme/state' && refusals-- > 0 ? limited(401, 'Bad credentials') : undefined;
    expect(await opened.forge.repository()).toMatchObject({ fullName: 'acme/state' });
    expect(standIn.calls.filter(({ call }) => call.endsWith('access_tokens'))).toHaveLength(2);
  });

  test('F33 a token that ends soon is renewed in time for a push', async () => {
    const { standIn, opened } = await installed();
    let count = 0;
    standIn.fault = ({ path }) =>
      path.endsWith('/access_tokens') ? minted(standIn, `token-${(count += 1)}`, 10) : undefined;
    expect((await opened.gitPassword?.())?.password).toBe('token-1');
    now += 4 * 60_000;
    expect((await opened.gitPassword?.())?.password).toBe('token-1');
    now += 2 * 60_000;
    expect((await opened.gitPassword?.())?.password).toBe('token-2');
  });

  test('F31 an App that is not installed says where to install it', async () => {
    const { standIn, opened } = await installed();
    standIn.fault = ({ path }) => (path.endsWith('/installation') ? limited(404, 'Not Found') : undefined);
    await expect(opened.forge.repository()).rejects.toMatchObject({
      code: 'ForgeRepositoryNotFound',
      hint: expect.stringContaining('Install it'),
    });
  });
});
