import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRepository, type StateRepository } from '../../src/git/index.js';
import { findSshServer, startSshServer, type SshServer } from './ssh-server.js';
import { author, bareRepository, message, removeTemporary, temporaryFolder, writes } from '../support/temporary.js';

const found = findSshServer();
const describeWithServer = 'program' in found ? describe : describe.skip;
const title = 'program' in found ? 'a remote over SSH' : `a remote over SSH (skipped: ${found.missing})`;

afterAll(removeTemporary);

describeWithServer(title, () => {
  let server: SshServer;
  let bare: string;

  beforeAll(async () => {
    if ('program' in found) server = await startSshServer(found.program);
    bare = await bareRepository();
  });
  afterAll(() => server.close());

  async function open(change: Partial<{ privateKey: string; knownHosts: string }> = {}): Promise<StateRepository> {
    const { privateKey, knownHosts } = { ...server, ...change };
    const cacheFolder = await temporaryFolder();
    return openRepository({ url: server.url + bare, cacheFolder, credentials: { privateKey, knownHosts } });
  }

  async function otherKey(): Promise<{ readonly secret: string; readonly open: string }> {
    const path = join(await temporaryFolder(), 'other');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
    return { secret: readFileSync(path, 'utf8'), open: readFileSync(`${path}.pub`, 'utf8') };
  }

  test('a remote over SSH is read and written with a key', async () => {
    const repository = await open();
    const base = await repository.head();
    const commit = await repository.commit(base, writes({ a: '1' }), message('One'), author);
    expect(await repository.push(commit, base)).toBe('pushed');
    expect((await (await open()).head())?.commit).toBe(commit);
    expect(await repository.canPush()).toBeUndefined();
  });

  test('a remote over SSH takes a key with Windows line ends and without the last one', async () => {
    const repository = await open({ privateKey: server.privateKey.trimEnd().replaceAll('\n', '\r\n') });
    await repository.head();
  });

  test('a remote over SSH denies another key', async () => {
    const { secret } = await otherKey();
    const reading = (await open({ privateKey: secret })).head();
    await expect(reading).rejects.toMatchObject({ code: 'GitAuthenticationFailed', retryable: false });
  });

  test('a remote over SSH with another host key is refused', async () => {
    const other = (await otherKey()).open;
    const location = server.knownHosts.split(' ')[0] ?? '';
    for (const knownHosts of ['', `${location} ${other}`]) {
      await expect((await open({ knownHosts })).head()).rejects.toMatchObject({
        code: 'HostKeyRejected',
        retryable: false,
      });
    }
  });

  test('a remote over SSH reports an invalid key', async () => {
    await expect((await open({ privateKey: 'nonsense' })).head()).rejects.toMatchObject({
      code: 'GitCredentialsInvalid',
    });
  });
});
