import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { describeError } from '../../src/errors/index.js';
import { openRepository } from '../../src/git/index.js';
import { startGitServer, type GitServer } from '../git/http-server.js';
import { author, bareRepository, message, removeTemporary, temporaryFolder, writes } from '../support/temporary.js';

const token = 'canary-T0KEN/with+odd=chars';
const login = Buffer.from(`git:${token}`).toString('base64');
const servers: GitServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(removeTemporary);

const spoken: readonly (readonly [string, string])[] = [
  ['the token', token],
  ['the token as it stands in an address', encodeURIComponent(token)],
  ['the login', login],
  ['an address with the login', `https://git:${token}@git.example.com/`],
  ['the header', `Authorization: Basic ${login}`],
];

test.each(
  ['pre-receive', 'update', 'post-receive'].flatMap((hook) => spoken.map(([what, words]) => ({ hook, what, words }))),
)('S10: a server whose hook $hook repeats $what is not repeated', async ({ hook, words }) => {
  const bare = await bareRepository();
  const script = join(bare, 'hooks', hook);
  await mkdir(join(bare, 'hooks'), { recursive: true });
  await writeFile(script, `#!/bin/sh\necho 'refused for ${words}' >&2\nexit 1\n`);
  await chmod(script, 0o755);
  const server = await startGitServer({ token, repository: bare });
  servers.push(server);
  const repository = await openRepository({
    url: server.url,
    cacheFolder: await temporaryFolder(),
    credentials: { password: token },
  });
  const commit = await repository.commit(undefined, writes({ a: '1' }), message('Put'), author);
  const said = await repository.push(commit, undefined).then(String, describeError);
  // After the push a hook refuses nothing any more.
  expect(said).toMatch(hook === 'post-receive' ? /^pushed$/ : /refused for|does not take the push/);
  for (const secret of [token, encodeURIComponent(token), login]) expect(said).not.toContain(secret);
});
