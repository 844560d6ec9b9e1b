import { readFile } from 'node:fs/promises';
import { connect } from './connect.js';
import type { Connection } from './connection.js';
import type { SharedControlPlane } from './control-plane.js';

/** Names the file with the connection to the control plane of a test run. */
export const connectionVariable = 'QUAYSIDE_CONTROL_PLANE';

/** A handle on the control plane that all suites of a run share, with all kinds: work in namespaces of your own. */
export async function sharedControlPlane(): Promise<SharedControlPlane> {
  const connection = await connectionOfRun();
  if (connection === undefined)
    throw new Error('there is no control plane: run these tests with `npm run test:cluster`');
  return connect(connection);
}

/** How that one is reached; undefined outside of a test run that has one. */
export async function connectionOfRun(): Promise<Connection | undefined> {
  const file = process.env[connectionVariable];
  return file === undefined ? undefined : (JSON.parse(await readFile(file, 'utf8')) as Connection);
}
