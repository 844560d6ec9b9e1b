import { lifeOn } from './life.js';
import { startGitHub } from './stand-in.js';

lifeOn('GitHub', startGitHub);
