import { expect, test } from '@jest/globals';
import { describeError } from '../../src/errors/index.js';
import { explainGitError } from '../../src/git/errors.js';
import { GitFailure } from '../../src/git/run/run-git.js';

test.each([
  `fatal: detected dubious ownership in repository at '/srv/state.git'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /srv/state.git\n`,
  `fatal: detected dubious ownership in repository at '/srv/state.git'\n'/srv/state.git' is owned by:\n\tS-1-5-21\nbut the current user is:\n\tS-1-5-32\n`,
])('R20: what git says of an owner comes with what to do: %j', (stderr) => {
  const error = explainGitError(new GitFailure(128, '', stderr), { description: '/srv/state.git', secrets: [] });
  expect(error.code).toBe('StateRepositoryUnwritable');
  const said = describeError(error);
  expect(said).toMatch(/^\/srv\/state\.git belongs to another user/);
  expect(said).toMatch(/Run as the owner of the folder, or give it to the user of this process with chown -R\.$/);
  // Quayside does not obey that setting of a person.
  expect(said).not.toContain('safe.directory');
});
