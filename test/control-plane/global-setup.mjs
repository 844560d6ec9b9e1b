import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';

/** Starts the one control plane of a test run, and says in the environment where to find it. */
export default async function setup() {
  const { startWithKinds } = await tsImport('./start-with-kinds.ts', import.meta.url);
  const { connectionVariable } = await tsImport('./shared.ts', import.meta.url);
  const controlPlane = await startWithKinds().catch((error) => {
    // The message says what to do; the lines of the stack would bury it.
    error.stack = '';
    throw error;
  });
  const file = join(controlPlane.connection.folder, 'connection.json');
  await writeFile(file, JSON.stringify(controlPlane.connection), { mode: 0o600 });
  process.env[connectionVariable] = file;
  globalThis.quaysideControlPlane = controlPlane;
}
