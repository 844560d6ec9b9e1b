import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findForge } from '../../src/forge/index.js';
import { refused } from './gitea/refused.js';
import { shown } from './gitea/shown.js';
import { giteaForge } from './gitea/tested.js';
import { told } from './gitea/told.js';
import { type GiteaServer, startGitea } from './gitea/start.js';
import { lifeOn } from './life.js';

// One server for all of them; each has a repository of its own.
let gitea: GiteaServer;
let count = 0;
beforeAll(async () => {
  gitea = await startGitea();
});
afterAll(() => gitea?.stop());

test('F39 Gitea is found by what its host answers, without a token', async () => {
  const located = await findForge({ gitUrl: `${gitea.origin}/anna/state.git` });
  expect(located).toEqual({ kind: 'Gitea', api: gitea.api, project: 'anna/state' });
});

refused(() => gitea);
shown(() => gitea);
told(() => gitea);
lifeOn('a real Gitea', () => giteaForge(gitea, `state${(count += 1)}`));
