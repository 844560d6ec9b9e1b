import { rm } from 'node:fs/promises';

/** Ends the control plane of a test run; the logs of its servers stay until the next run. */
export default async function teardown(_, project) {
  const logs = `${project.rootDir}/node_modules/.cache/quayside/control-plane-logs`;
  await rm(logs, { recursive: true, force: true });
  await globalThis.quaysideControlPlane?.stop({ keepLogsIn: logs });
}
