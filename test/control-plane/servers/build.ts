import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { servers, type ServerPaths } from './list.js';
import { pathsFor } from './paths-in.js';
import { goModule, goVersion, kubernetesVersion } from './pinned.js';

/** Builds the servers into a folder that appears only once all of them are there. */
export async function buildServers(
  folder: string,
  say: (line: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ServerPaths> {
  await mkdir(dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}.unfinished-`);
  try {
    for (const [index, { name, goPackage }] of servers.entries()) {
      say(`building ${name} (${index + 1} of ${servers.length}), this takes minutes, once`);
      await goBuild(goPackage, join(unfinished, name), environment);
    }
    await chmod(unfinished, 0o755);
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return pathsFor(folder);
}

async function goBuild(goPackage: string, output: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const flags = ['-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags', linkerFlags()];
  const go = spawn('go', ['build', ...flags, '-o', output, goPackage], {
    cwd: goModule,
    env: { ...environment, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  go.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-4000)));
  if (go.pid !== undefined) setPriority(go.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const failure = await new Promise<string | undefined>((resolve) => {
    go.once('error', (error) => resolve(error.message));
    go.once('close', (code) => resolve(code === 0 ? undefined : complaint.trim() || `go build ended with ${code}`));
  });
  if (failure !== undefined) throw new Error(cannotBuild(goPackage, failure));
}

/** Without a version the API server calls itself v0.0.0, which clients that compare versions take for an ancient one. */
function linkerFlags(): string {
  const version = kubernetesVersion();
  const [major, minor] = version.slice(1).split('.');
  const values = { gitVersion: version, gitMajor: major, gitMinor: minor };
  const set = Object.entries(values).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  return ['-s', '-w', ...set].join(' ');
}

function cannotBuild(goPackage: string, failure: string): string {
  const needed = servers.map(({ name }) => name).join(', ');
  return [
    `The servers for the cluster tests cannot be built: ${failure}`,
    `Building ${goPackage} needs Go ${goVersion()} or later (https://go.dev/dl) and the Go module proxy.`,
    `Without Go, set KUBEBUILDER_ASSETS to a folder that holds ${needed}.`,
  ].join('\n');
}
