// Makes typed constructs of the resource definitions in dist/, for people who write their own charts: one file for each group.
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const made = await mkdtemp(join(tmpdir(), 'quayside-import-'));
try {
  // All definitions in one go: a second import of the same group would replace what the first one made.
  const args = ['import', 'dist/crds.yaml', '--language', 'typescript', '--output', made];
  const cdk8s = join(root, 'node_modules/.bin/cdk8s');
  const { status } = spawnSync(cdk8s, [...args, '--no-save', '--check-upgrade=false'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`cdk8s import ended with ${status}`);
  const imports = join(root, 'imports');
  await rm(imports, { recursive: true, force: true });
  await mkdir(imports);
  for (const name of (await readdir(made)).sort()) {
    await copyFile(join(made, name), join(imports, name));
    process.stdout.write(`imports/${name}\n`);
  }
} finally {
  await rm(made, { recursive: true, force: true });
}
