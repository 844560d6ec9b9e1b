import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The Go module that pins the servers. */
export const goModule = resolve(import.meta.dirname, '../go');

/** The version of Kubernetes that go.mod asks for, as `v1.2.3`. */
export function kubernetesVersion(): string {
  const version = /^\s*k8s\.io\/kubernetes (v\d+\.\d+\.\d+)\b/m.exec(
    readFileSync(join(goModule, 'go.mod'), 'utf8'),
  )?.[1];
  if (version === undefined) throw new Error(`${join(goModule, 'go.mod')} does not require k8s.io/kubernetes`);
  return version;
}

/** The lowest version of Go that go.mod accepts, as `1.2`. */
export function goVersion(): string {
  return /^go (\d+\.\d+)/m.exec(readFileSync(join(goModule, 'go.mod'), 'utf8'))?.[1] ?? 'any';
}

/** The folder outside the checkout for servers of exactly these sources, so that a second run builds nothing. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(goModule, file)));
  const key = `${kubernetesVersion()}-${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 16)}`;
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'quayside', 'control-plane', key);
}
