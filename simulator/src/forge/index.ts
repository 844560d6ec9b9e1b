export { type BareRepository, bareRepository } from './bare-repository.js';
export { startGitServer } from './git-server.js';
export type { GitServer, GitServerOptions } from './git-server.js';
export { startGitHub } from './github.js';
export { startGitLab } from './gitlab.js';
export type { Surroundings } from './git-runner.js';
export type { StoredRequest } from './requests.js';
export type { Asked, Fault, Said, StandIn } from './stand-in.js';
