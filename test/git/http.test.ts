import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { describeError } from '../../src/errors/index.js';
import { openRepository, type RemoteRepository, type StateRepository } from '../../src/git/index.js';
import { startGitServer, type GitServer, type GitServerOptions } from './http-server.js';
import {
  author,
  bareRepository,
  git,
  message,
  removeTemporary,
  temporaryFolder,
  writes,
} from '../support/temporary.js';

const token = 'canary-T0KEN/with+odd=chars';
const servers: GitServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(removeTemporary);

async function serve(options: Partial<GitServerOptions> = {}): Promise<GitServer & { readonly bare: string }> {
  const bare = options.repository ?? (await bareRepository());
  const server = await startGitServer({ token, ...options, repository: bare });
  servers.push(server);
  return { ...server, bare };
}

async function open(url: string, more: Partial<RemoteRepository> = {}): Promise<StateRepository> {
  return openRepository({ url, cacheFolder: await temporaryFolder(), credentials: { password: token }, ...more });
}

async function put(repository: StateRepository, files: Readonly<Record<string, string>>) {
  const base = await repository.head();
  const commit = await repository.commit(base, writes(files), message('Put'), author);
  return repository.push(commit, base);
}

/** Answers every request alike. */
const always =
  (status: number, headers: Readonly<Record<string, string>> = {}): GitServerOptions['intercept'] =>
  (_, response) => {
    response.writeHead(status, headers).end('nothing here');
    return true;
  };

/** Refuses writing to a reader. */
const readOnly: GitServerOptions['intercept'] = (request, response) => {
  if (!request.url?.includes('git-receive-pack')) return false;
  response.writeHead(403).end('you may only read');
  return true;
};

describe('a remote over HTTP', () => {
  test('is read and written with a token', async () => {
    const server = await serve();
    const repository = await open(server.url);
    expect(await repository.head()).toBeUndefined();
    expect(await put(repository, { a: '1' })).toBe('pushed');
    expect(await put(repository, { b: '1' })).toBe('pushed');
    expect((await (await (await open(server.url)).head())?.list())?.map(({ path }) => path)).toEqual(['a', 'b']);
    expect(await repository.canPush()).toBeUndefined();
    const sent = Buffer.from(`git:${token}`).toString('base64');
    expect(new Set(server.authorizations)).toEqual(new Set([`Basic ${sent}`]));
  });

  test('takes user and token from the address, and does not show them', async () => {
    const server = await serve();
    const url = server.url.replace('http://', `http://ann:${encodeURIComponent(token)}@`);
    const repository = await open(url, { credentials: undefined });
    expect(await put(repository, { a: '1' })).toBe('pushed');
    expect(repository.description).toBe(`${server.url} (main)`);
  });

  test('F33 is read with a password that changes: each command asks for it, and an error shows none of them', async () => {
    const given = ['canary-first-password', 'canary-second-password'];
    let asked = 0;
    const seen: string[] = [];
    const server = await serve({
      token: given[0] ?? '',
      intercept: (request, response) => {
        seen.push(Buffer.from(request.headers.authorization?.slice(6) ?? '', 'base64').toString());
        if (asked < 2) return false;
        response.writeHead(403, { 'content-type': 'text/plain' }).end(`no to ${given.join(' and ')}`);
        return true;
      },
    });
    const login = async () => ({ username: 'x-access-token', password: given[Math.min(asked++, 1)] ?? '' });
    const repository = await open(server.url, { credentials: { login } });
    // Where there is no branch yet, two commands look for it.
    const failure: unknown = await repository.head().catch((error: unknown) => error);
    expect(describeError(failure)).toContain('no to');
    expect(describeError(failure)).not.toContain('canary');
    expect(new Set(seen)).toEqual(new Set(given.map((password) => `x-access-token:${password}`)));
  });

  test('leaves no token behind: not in the copy, not in files of its own, not in arguments', async () => {
    const server = await serve();
    const cacheFolder = await temporaryFolder();
    const path = await recordingPath();
    const repository = await open(server.url, { cacheFolder, environment: { PATH: path } });
    await put(repository, { a: '1' });
    await repository.canPush();
    const forms = [token, encodeURIComponent(token), Buffer.from(`git:${token}`).toString('base64')];
    for (const folder of [cacheFolder, server.bare]) {
      for (const name of await readdir(folder, { recursive: true })) {
        const text = await readFile(join(folder, name), 'latin1').catch(() => '');
        expect(forms.filter((form) => text.includes(form))).toEqual([]);
      }
    }
    const calls = await readFile(join(path.split(':')[0] ?? '', 'calls'), 'utf8');
    expect(calls).toContain('push --porcelain');
    expect(forms.filter((form) => calls.includes(form))).toEqual([]);
    for (const name of (await readdir(tmpdir())).filter((name) => name.startsWith('quayside-git-'))) {
      // Tests beside this one may be talking to servers of their own.
      const text = await readFile(join(tmpdir(), name, 'config'), 'utf8').catch(() => '');
      expect(text).not.toContain(new URL(server.url).host);
    }
  });

  test.each<[string, Partial<GitServerOptions>, string, boolean]>([
    ['a wrong token', { token: 'another' }, 'GitAuthenticationFailed', false],
    ['a repository that is not there', { intercept: always(404) }, 'GitRepositoryNotFound', false],
    ['a server that forbids', { intercept: always(403) }, 'PermissionDenied', false],
    ['a server that is down for a while', { intercept: always(503) }, 'GitUnavailable', true],
    ['a server that wants fewer calls', { intercept: always(429) }, 'GitUnavailable', true],
    ['a redirect', { intercept: always(302, { location: 'http://127.0.0.1:9/state.git/x' }) }, 'GitRedirected', false],
  ])('D11 says what is wrong with %s, without the token', async (_, options, code, retryable) => {
    const server = await serve(options);
    const repository = await open(server.url);
    const error = await repository.head().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code, retryable });
    expect(describeError(error)).toContain(server.url);
    expect(JSON.stringify([describeError(error), String((error as Error).stack)])).not.toContain(token);
    expect(await repository.canPush()).toMatchObject({ retryable });
  });

  test('that cannot be reached is worth another try', async () => {
    const server = await serve();
    await server.close();
    await expect((await open(server.url)).head()).rejects.toMatchObject({ code: 'GitUnreachable', retryable: true });
  });

  test('never sends the token to where a redirect points', async () => {
    const other = await serve({ intercept: always(200) });
    const server = await serve({
      intercept: (request, response) => {
        response.writeHead(302, { location: other.url.replace('/state.git', '') + request.url }).end();
        return true;
      },
    });
    await expect((await open(server.url)).head()).rejects.toMatchObject({ code: 'GitRedirected' });
    expect(other.requests).toEqual([]);
  });

  test('denies a push to those who may only read', async () => {
    const server = await serve({ intercept: readOnly });
    const repository = await open(server.url);
    expect(await repository.head()).toBeUndefined();
    await expect(put(repository, { a: '1' })).rejects.toMatchObject({ code: 'PushDenied', retryable: false });
    expect(await repository.canPush()).toMatchObject({ code: 'PushDenied' });
  });

  test('denies a push to a protected branch in the words of the remote', async () => {
    const server = await serve();
    await put(await open(server.url), { a: '1' });
    const hook =
      '#!/bin/sh\necho "GH006: Protected branch update failed" >&2\necho "open a pull request" >&2\nexit 1\n';
    await git(server.bare, 'config', 'core.hooksPath', join(server.bare, 'hooks'));
    await writeFile(join(server.bare, 'hooks', 'pre-receive'), hook, { mode: 0o755 });
    const pushing = put(await open(server.url), { a: '2' });
    await expect(pushing).rejects.toMatchObject({ code: 'PushDenied', retryable: false });
    await expect(pushing).rejects.toThrow('GH006: Protected branch update failed; open a pull request');
  });

  test('is fetched anew when the copy on this disk is damaged', async () => {
    const server = await serve();
    const cacheFolder = await temporaryFolder();
    const repository = await open(server.url, { cacheFolder });
    await put(repository, { a: '1' });
    const [copy = ''] = await readdir(cacheFolder);
    for (const damage of ['HEAD', 'objects', 'refs/seen/heads/main', 'config']) {
      await spoil(join(cacheFolder, copy, damage));
      const fresh = await open(server.url, { cacheFolder });
      expect((await (await fresh.head())?.read(['a']))?.get('a')).toBe('1');
      expect((await (await repository.head())?.read(['a']))?.get('a')).toBe('1');
    }
  });
});

describe('a remote over HTTPS', () => {
  test('is trusted by the authority that was given, and by nothing less', async () => {
    const made = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ],
    });
    const server = await serve({ tls: { key: made.private, cert: made.cert } });
    const repository = await open(server.url, { ca: made.cert });
    expect(await put(repository, { a: '1' })).toBe('pushed');
    await expect((await open(server.url)).head()).rejects.toMatchObject({
      code: 'TLSVerificationFailed',
      retryable: false,
    });
    expect(server.authorizations.every((sent) => sent !== undefined)).toBe(true);
  });
});

/** A PATH whose `git` writes down how it was called. */
async function recordingPath(): Promise<string> {
  const folder = await temporaryFolder();
  const real = (await git('/', '--exec-path')).trim();
  const script = `#!/bin/sh\necho "$@" >> ${folder}/calls\nexec ${real}/git "$@"\n`;
  await writeFile(join(folder, 'git'), script, { mode: 0o755 });
  return `${folder}:${process.env['PATH']}`;
}

async function spoil(path: string): Promise<void> {
  const names = await readdir(path, { recursive: true }).catch(() => undefined);
  if (names === undefined) return writeFile(path, 'garbage\n');
  for (const name of names) await writeFile(join(path, name), 'garbage\n', { mode: 0o644 }).catch(() => undefined);
}
