import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { goBuild, requireGo } from './go-build.js';
import { type ServerName, servers } from './list.js';

/** Builds these servers into a folder; each appears there only once it is complete, so that a build that was cut goes on. */
export async function buildServers(
  folder: string,
  names: readonly ServerName[],
  print: (line: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (names.length === 0) return;
  await requireGo(environment);
  await mkdir(folder, { recursive: true });
  await removeUnfinished(folder);
  const unfinished = await mkdtemp(`${folder}.unfinished-`);
  try {
    const wanted = servers.filter(({ name }) => names.includes(name));
    for (const [index, { name, goPackage }] of wanted.entries()) {
      print(`building ${name} (${index + 1} of ${wanted.length}); this takes minutes, once`);
      await goBuild({
        goPackage,
        output: join(unfinished, name),
        environment,
        print: (line) => print(`  ${name}: ${line}`),
      });
      await rename(join(unfinished, name), join(folder, name));
    }
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** What builds that were killed have left. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.unfinished-`)) continue;
    await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}
