import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { openRepository } from '../../src/git/index.js';
import { author, git, message, removeTemporary, temporaryFolder, writes } from '../support/temporary.js';

afterAll(removeTemporary);

test('a writer that is killed at any moment leaves a sound repository that the next one can write to', async () => {
  const folder = await temporaryFolder();
  const script = join(import.meta.dirname, 'endless-writer.ts');
  for (const [round, after] of [3, 40, 75, 110, 160, 230].entries()) {
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await setTimeout(after);
    // The whole group: git dies with the process that started it, as in a container.
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await once(child, 'close');
    expect(await git(folder, 'fsck', '--strict', '--no-dangling', '--connectivity-only')).toBe('');
    await ageLocks(folder);
    const repository = await openRepository({ embedded: folder });
    const base = await repository.head();
    const commit = await repository.commit(base, writes({ after: String(round) }), message('After'), author);
    expect(await repository.push(commit, base)).toBe('pushed');
  }
});

/** As if the next writer came two minutes later. */
async function ageLocks(folder: string): Promise<void> {
  const before = new Date(Date.now() - 120_000);
  const locks = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.lock'));
  for (const name of locks) await utimes(join(folder, name), before, before);
}
