import { lifeOn } from './life.js';
import { startGitLab } from './stand-in.js';
import { standInForge } from './tested-forge.js';

lifeOn('GitLab', async () => standInForge('GitLab', await startGitLab()));
