import { buildServers } from './build.js';
import { servers, type ServerPaths } from './list.js';
import { whileLocked } from './lock.js';
import { areAll, missingFrom, pathsIn } from './paths-in.js';
import { cacheFolder } from './pinned.js';

/** The servers: those that KUBEBUILDER_ASSETS holds, and for the others the cached ones, built into the cache once. */
export async function provideServers(
  environment: NodeJS.ProcessEnv = process.env,
  print: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Promise<ServerPaths> {
  const given = givenIn(environment.KUBEBUILDER_ASSETS, print);
  const cache = cacheFolder(environment);
  const found = (): Partial<ServerPaths> => ({ ...pathsIn(cache), ...given });
  const already = found();
  if (areAll(already)) return already;
  await whileLocked(
    `${cache}.lock`,
    () => buildServers(cache, missingFrom(found()), print, environment),
    (owner) => print(`process ${owner} is building the control plane; waiting for it`),
  );
  const built = found();
  if (areAll(built)) return built;
  throw new Error(`${missingFrom(built).join(', ')} went from ${cache} right after the build`);
}

/** Whoever names a folder expects its programs to be used: what is taken from elsewhere is said. */
function givenIn(folder: string | undefined, print: (line: string) => void): Partial<ServerPaths> {
  if (!folder) return {};
  const given = pathsIn(folder);
  const missing = missingFrom(given);
  // Tools that fill such a folder leave out the controller manager, without which no namespace gets service accounts.
  if (missing.length === servers.length)
    print(`KUBEBUILDER_ASSETS (${folder}) holds none of the servers: ours are used`);
  else if (missing.length > 0)
    print(`KUBEBUILDER_ASSETS (${folder}) lacks ${missing.join(', ')}: ours is used for that`);
  return given;
}
