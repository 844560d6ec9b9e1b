import { lifeOn } from './life.js';
import { startGitHub } from './stand-in.js';
import { standInForge } from './tested-forge.js';

lifeOn('GitHub', async () => standInForge('GitHub', await startGitHub()));
