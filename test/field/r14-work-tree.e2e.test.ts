import { mkdirSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { git } from '../fixtures/remote.js';
import { Fixture, imageStream, project } from '../support/quayside.js';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'), imageStream('shop', 'web'));
  git(fixture.folder, 'init', '--quiet', '--bare', '--initial-branch=main', 'origin.git');
  git(fixture.folder, 'clone', '--quiet', 'origin.git', 'fresh');
  git(fixture.folder, 'init', '--quiet', '--initial-branch=main', 'filled');
  git(fixture.file('filled'), 'commit', '--quiet', '--allow-empty', '--message', 'By hand');
  git(fixture.file('filled'), 'worktree', 'add', '--quiet', '-b', 'other', '../linked');
  git(fixture.folder, 'init', '--quiet', '--separate-git-dir=elsewhere.git', 'apart');
});
afterAll(() => fixture.close());

const run = (command: string, state: string) => fixture.run(command, ...fixture.inputArguments, '-s', state);

describe('R14: a work tree as the state repository', () => {
  test.each([
    ['a fresh, empty clone', 'fresh'],
    ['the .git of a fresh clone', 'fresh/.git'],
    ['a work tree with commits', 'filled'],
    ['a linked work tree', 'linked'],
    ['a work tree with its repository elsewhere', 'apart'],
  ])('is refused and left as it is: %s', async (_, folder) => {
    const before = readdirSync(fixture.file(folder));
    for (const command of ['plan', 'apply', 'doctor']) {
      const { code, stdout, stderr } = await run(command, folder);
      expect({ command, code }).toEqual({ command, code: 1 });
      expect(stdout + stderr).toContain('belongs to a work tree');
      expect(stdout + stderr).toContain('git remote get-url origin');
    }
    expect(readdirSync(fixture.file(folder))).toEqual(before);
  });

  test('is no hindrance for a bare repository or an empty folder, inside of one as well', async () => {
    mkdirSync(fixture.file('filled/.hidden'));
    for (const state of ['origin.git', 'filled/state.git', 'filled/.hidden']) {
      expect(await run('apply', state)).toMatchObject({ code: 0, stderr: '' });
      expect(git(fixture.file(state), 'log', '-1', '--format=%s', 'main')).not.toBe('');
    }
  });
});
