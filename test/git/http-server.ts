import {
  type GitServer,
  type GitServerOptions as ServerOptions,
  startGitServer as start,
} from '@quayside/simulator/forge';

export type { GitServer } from '@quayside/simulator/forge';

export type GitServerOptions = Omit<ServerOptions, 'environment'>;

/** git over HTTP, with the environment of the tests. */
export function startGitServer(options: GitServerOptions): Promise<GitServer> {
  return start({ ...options, environment: process.env });
}
