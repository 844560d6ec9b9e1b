import { lifeOn } from './life.js';
import { startGitLab } from './stand-in.js';

lifeOn('GitLab', startGitLab);
