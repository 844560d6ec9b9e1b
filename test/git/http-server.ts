import { type GitServer, type GitServerOptions, startGitServer as start } from '@quayside/simulator/forge';

export type { GitServer } from '@quayside/simulator/forge';

/** git over HTTP, with the environment of the tests. */
export function startGitServer(options: Omit<GitServerOptions, 'environment'>): Promise<GitServer> {
  return start({ ...options, environment: process.env });
}
