// Compiles constructs and charts into build.library/, with their types, for people's own cdk8s apps.
import { spawnSync } from 'node:child_process';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './bundle.mjs';

const fresh = join(root, `build.library.${process.pid}`);
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const args = [tsc, '--project', 'tools/library/tsconfig.json', '--outDir', fresh];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
if (status !== 0) throw new Error(`tsc ended with ${status}`);
// Only the version is asked for; with its name it would be a second package of that name.
const { version, type } = JSON.parse(await readFile(join(fresh, 'package.json'), 'utf8'));
await writeFile(join(fresh, 'package.json'), `${JSON.stringify({ type, version }, undefined, 2)}\n`);
await rm(join(root, 'build.library'), { recursive: true, force: true });
await rename(fresh, join(root, 'build.library'));
