import { lifeOn } from './life.js';
import { startGitLab } from './stand-in/gitlab.js';

lifeOn('GitLab', startGitLab);
