export { startGitServer } from './git-server.js';
export type { GitServer, GitServerOptions } from './git-server.js';
export { startGitHub } from './github.js';
export { startGitLab } from './gitlab.js';
export type { Surroundings } from './git-runner.js';
export type { Said, StandIn } from './stand-in.js';
