import { lifeOn } from './life.js';
import { startGitHub } from './stand-in/github.js';

lifeOn('GitHub', startGitHub);
