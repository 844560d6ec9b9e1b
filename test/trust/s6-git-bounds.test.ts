import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { explainGitError } from '../../src/git/errors.js';
import { createGit } from '../../src/git/run/run-git.js';
import { openRepository } from '../../src/git/index.js';
import { eventually } from '../support/eventually.js';
import { serveHTTP } from '../support/loopback.js';
import { bareRepository, removeTemporary, temporaryFolder } from '../support/temporary.js';

afterAll(removeTemporary);

const explained = (error: unknown) => explainGitError(error, { description: 'state', secrets: [] });

describe('S6: git takes of this machine what it is given, and the process goes on', () => {
  test('S6: a server that never ends its answer does not fill the memory', async () => {
    const piece = `"${'x'.repeat(1 << 16)}",`;
    const server = await serveHTTP((_, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(piece));
      };
      response
        .writeHead(200, { 'content-type': 'text/plain' })
        .on('drain', pour)
        .on('error', () => undefined);
      pour();
    });
    const remote = { url: `${server.url}/state.git`, branch: 'main', cacheFolder: await temporaryFolder() };
    await expect(openRepository(remote).then((one) => one.head())).rejects.toMatchObject({
      code: 'OutOfMemory',
      message: expect.stringContaining('MiB'),
    });
    await server.close();
  });

  test('S6: a server that goes on and on leaves no process behind', async () => {
    const server = await serveHTTP((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const timer = setInterval(() => response.write('x'), 20);
      response.once('close', () => clearInterval(timer));
    });
    const git = createGit(await bareRepository(), { environment: process.env, patience: { silence: 1, grace: 1 } });
    await expect(git.text(['fetch', `${server.url}/state.git`, 'refs/heads/main'])).rejects.toThrow('timeout');
    await eventually(() => expect(commands().filter((command) => command.includes(server.url))).toEqual([]));
    await server.close();
  });

  test('S6: a repository of any size does not fill the disk', async () => {
    const [from, to] = await Promise.all([bareRepository(), bareRepository()]);
    const source = createGit(from);
    const tree = async (bytes: number): Promise<string> => {
      const blob = (await source.text(['hash-object', '-w', '--stdin'], { input: randomBytes(bytes) })).trim();
      return (await source.text(['mktree'], { input: `100644 blob ${blob}\tfile\n` })).trim();
    };
    const commit = async (bytes: number): Promise<string> =>
      (await source.text(['commit-tree', '-m', 'x', await tree(bytes)], { environment: person })).trim();
    const bounded = createGit(to, { bounds: { memory: 1 << 28, file: 1 << 20 } });
    const fetch = async (id: string): Promise<unknown> => {
      await source.text(['update-ref', 'refs/heads/main', id]);
      return bounded
        .text(['-c', 'fetch.unpackLimit=1', 'fetch', '--quiet', `file://${from}`, 'refs/heads/main'])
        .catch((error: unknown) => error);
    };
    expect(await fetch(await commit(1 << 19))).toBe('');
    expect(explained(await fetch(await commit(1 << 21)))).toMatchObject({ code: 'GitAnswerTooLong', retryable: false });
    expect(readdirSync(join(to, 'objects', 'pack')).filter((name) => name.startsWith('tmp_'))).toEqual([]);
  });
});

/** What runs on this machine. */
function commands(): readonly string[] {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
}

const person = {
  ...{ GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com' },
  ...{ GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com' },
};
