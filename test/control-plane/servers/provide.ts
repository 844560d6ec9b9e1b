import { buildServers } from './build.js';
import { type ServerPaths } from './list.js';
import { whileLocked } from './lock.js';
import { pathsIn } from './paths-in.js';
import { cacheFolder } from './pinned.js';

/** The servers: those of KUBEBUILDER_ASSETS when it has all of them, else the cached ones, else built once into the cache. */
export async function provideServers(
  environment: NodeJS.ProcessEnv = process.env,
  say: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Promise<ServerPaths> {
  const assets = environment.KUBEBUILDER_ASSETS;
  if (assets) {
    const given = pathsIn(assets);
    if (given) return given;
    say(`KUBEBUILDER_ASSETS (${assets}) does not hold all the servers that are needed, so they are built`);
  }
  const folder = cacheFolder(environment);
  const cached = pathsIn(folder);
  if (cached) return cached;
  return whileLocked(
    `${folder}.lock`,
    async () => pathsIn(folder) ?? (await buildServers(folder, say, environment)),
    (owner) => say(`process ${owner} is building the control plane; waiting for it`),
  );
}
