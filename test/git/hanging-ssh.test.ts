import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { explainGitError } from '../../src/git/errors.js';
import { createGit } from '../../src/git/run/run-git.js';
import { bareRepository, removeTemporary, temporaryFolder } from '../support/temporary.js';

afterAll(removeTemporary);

test('an ssh that hangs and keeps what it got from git open does not hold up who waits for it', async () => {
  const folder = await temporaryFolder();
  const [ssh, pid] = [join(folder, 'ssh'), join(folder, 'pid')];
  await writeFile(ssh, `#!/bin/sh\necho $$ > ${pid}\necho 'error: 403, or so it seems' >&2\nexec sleep 3600\n`);
  await chmod(ssh, 0o755);
  const git = createGit(await bareRepository(), { environment: process.env, patience: { silence: 1, grace: 1 } });
  try {
    const failure: unknown = await git
      .text(['ls-remote', 'ssh://git.example.com/state.git'], { environment: { GIT_SSH: ssh, GIT_SSH_VARIANT: 'ssh' } })
      .catch((error: unknown) => error);
    expect(explainGitError(failure, { description: 'the remote', secrets: [] })).toMatchObject({
      code: 'GitUnreachable',
      retryable: true,
    });
  } finally {
    process.kill(Number(await readFile(pid, 'utf8')));
  }
}, 60_000);

test('a git that goes on talking is not stopped', async () => {
  const folder = await temporaryFolder();
  const ssh = join(folder, 'ssh');
  await writeFile(ssh, `#!/bin/sh\nfor i in 1 2 3 4 5 6 7 8; do echo $i >&2; sleep 0.5; done\nexit 1\n`);
  await chmod(ssh, 0o755);
  const git = createGit(await bareRepository(), { environment: process.env, patience: { silence: 3, grace: 0 } });
  const reading = git.text(['ls-remote', 'ssh://git.example.com/state.git'], {
    environment: { GIT_SSH: ssh, GIT_SSH_VARIANT: 'ssh' },
  });
  await expect(reading).rejects.toMatchObject({ stderr: expect.stringContaining('8\n') });
});
