import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { customResourceDefinitions } from '../../src/api/crd/index.js';
import { installCrds } from './definitions.js';
import { whileLocked } from './servers/lock.js';
import { cacheFolder } from './servers/pinned.js';
import { awaitStandIns, installStandIns, standInFiles } from './stand-ins/install.js';
import { type Started, startControlPlane } from './start.js';

/**
 * A control plane that has Quayside's and OpenShift's kinds from its first moment: it begins with data of etcd that was
 * made once and is kept beside the servers. All of them have one and the same kube-system, so a test of two clusters
 * starts them without.
 */
export async function startWithKinds(): Promise<Started> {
  // Whose servers others have chosen may be of any version.
  if (process.env.KUBEBUILDER_ASSETS) return install(await startControlPlane());
  const plane = await startControlPlane(await keptData());
  await awaitStandIns(plane);
  return plane;
}

async function install(plane: Started): Promise<Started> {
  await Promise.all([installCrds(plane), installStandIns(plane)]);
  return plane;
}

async function keptData(): Promise<string> {
  const servers = cacheFolder(process.env);
  const hash = createHash('sha256').update(JSON.stringify(customResourceDefinitions()));
  for (const text of await standInFiles()) hash.update(text);
  const data = join(`${servers}-data`, hash.digest('hex').slice(0, 16));
  if (!existsSync(data)) await whileLocked(`${data}.lock`, async () => existsSync(data) || make(data));
  return data;
}

/** Makes the data, in one step as others see it, and removes what former definitions left. */
async function make(data: string): Promise<void> {
  const draft = `${data}.draft`;
  await mkdir(dirname(data), { recursive: true });
  await rm(draft, { recursive: true, force: true });
  const plane = await install(await startControlPlane());
  await plane.stop({ keepDataIn: draft });
  const former = (await readdir(dirname(data))).filter((name) => /^[0-9a-f]{16}$/.test(name));
  for (const name of former) await rm(join(dirname(data), name), { recursive: true, force: true });
  await rename(draft, data);
}
