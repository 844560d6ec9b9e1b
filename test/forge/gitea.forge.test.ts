import { afterAll, beforeAll } from '@jest/globals';
import { giteaForge } from './gitea/tested.js';
import { type GiteaServer, startGitea } from './gitea/start.js';
import { lifeOn } from './life.js';

let gitea: GiteaServer;
let count = 0;
beforeAll(async () => {
  gitea = await startGitea();
});
afterAll(() => gitea?.stop());

lifeOn('a real Gitea', () => giteaForge(gitea, `state${(count += 1)}`));
