import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readNamedFile } from '../../src/integration/index.js';
import { readOptions } from '../../charts/options/read.js';
import { readLocalRef } from '../../src/git/commands/local-refs.js';
import { credentialsOf } from '../../src/kube/live/login.js';
import { credentialsByHand } from '../../src/pipeline/git-access.js';
import { limits } from '../../src/limits/index.js';
import { loadKubeconfig } from '../../src/kube/live/load-kubeconfig.js';
import { AnswerTooLong, createGit } from '../../src/git/run/run-git.js';
import { explainGitError } from '../../src/git/errors.js';
import { connectQuay, type Quay } from '../../src/quay/index.js';
import { bareRepository, removeTemporary, temporaryFolder } from '../support/temporary.js';

afterAll(removeTemporary);

describe('beyond its limit', () => {
  test('a file of the command line is not read to its end', async () => {
    const path = join(await temporaryFolder(), 'large');
    writeFileSync(path, Buffer.alloc(limits.namedFileBytes));
    expect(await readNamedFile(path)).toHaveLength(limits.namedFileBytes);
    writeFileSync(path, Buffer.alloc(limits.namedFileBytes + 1));
    await expect(readNamedFile(path)).rejects.toThrow('more than 1048576 bytes');
    // One without end.
    await expect(readNamedFile('/dev/zero')).rejects.toThrow('more than 1048576 bytes');
  });

  test('a kubeconfig is refused before anything parses it', async () => {
    const kubeconfig = join(await temporaryFolder(), 'config');
    writeFileSync(kubeconfig, Buffer.alloc(limits.namedFileBytes + 1, '#'));
    expect(() => loadKubeconfig({ kubeconfig })).toThrow('cannot be read as a kubeconfig');
    // One without end, and with no size.
    expect(() => loadKubeconfig({ kubeconfig: '/dev/zero' })).toThrow('cannot be read as a kubeconfig');
  });

  test('options of an installation are refused before anything parses them', () => {
    expect(() => readOptions({ QUAYSIDE_OPTIONS: '/dev/zero' })).toThrow('more than 1048576 bytes');
  });

  test('a ref is a repository that is corrupt, not one without commits', async () => {
    const folder = await bareRepository();
    writeFileSync(join(folder, 'refs', 'heads', 'main'), `ref: ${'x'.repeat(limits.gitRefBytes)}`);
    await expect(readLocalRef(createGit(folder), 'refs/heads/main')).rejects.toThrow('bad ref refs/heads/main');
  });

  test('a key for Git, or a token of a kubeconfig, is not read to its end', async () => {
    await expect(credentialsByHand({ gitSshKeyFile: '/dev/zero', gitKnownHostsFile: '/dev/null' })).rejects.toThrow(
      'cannot read /dev/zero: it has more than 1048576 bytes',
    );
    const credentials = credentialsOf({ tokenFile: '/dev/zero' }, { server: 'https://x' } as never);
    await expect(credentials?.current()).rejects.toThrow('more than 1048576 bytes');
  });

  test('git is stopped, and a person told what to do', async () => {
    const folder = await bareRepository();
    const git = createGit(folder);
    const id = (await git.text(['hash-object', '-w', '--stdin'], { input: 'x'.repeat(200_000) })).trim();
    expect(await git.text(['cat-file', 'blob', id], { most: 200_000 })).toHaveLength(200_000);
    const refused = await git.text(['cat-file', 'blob', id], { most: 199_999 }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AnswerTooLong);
    expect(explainGitError(refused, { description: 'state', secrets: [] })).toMatchObject({
      code: 'GitAnswerTooLong',
      retryable: false,
      message: 'state: git answered with more than 199999 bytes',
    });
  });

  test.each<[string, (page: number) => string, RegExp]>([
    [
      'an answer of Quay',
      () => `{"repositories":[],"x":"${'x'.repeat(limits.quayAnswer)}"}`,
      /cannot be read|unexpected|not understand|exceed/i,
    ],
    [
      'a list of Quay that does not end',
      (page) => `{"organizations":[],"repositories":[],"next_page":"${page}"}`,
      /the pages do not end/,
    ],
  ])('%s is an answer that nobody understands', async (_, body, words) => {
    const quay = await answering(body);
    const needs = {
      roles: false,
      teamPermissions: [],
      teamMembers: [],
      autoPrune: false,
      immutability: false,
      proxyCache: false,
      repositories: {},
    };
    const error: unknown = await quay.client.observe('shop', needs).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UnexpectedAnswer', message: expect.stringMatching(words) });
    await quay.close();
  });
});

/** A Quay that answers every list of repositories with a body, and has an organization. */
async function answering(body: (page: number) => string): Promise<{ client: Quay; close: () => Promise<void> }> {
  let page = 0;
  const server = createServer((request, response) => {
    const isList = request.url?.includes('/repository?') === true;
    if (isList) page += 1;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      isList
        ? body(page)
        : '{"name":"shop","is_admin":true,"tag_expiration_s":60,"teams":{},"robots":[],"prototypes":[]}',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = connectQuay({ url, token: () => 'x'.repeat(40), delay: () => Promise.resolve() });
  return {
    client,
    close: async () => {
      await client.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
