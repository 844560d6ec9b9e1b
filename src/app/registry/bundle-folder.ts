import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFault, InvalidInput } from '../../errors/index.js';
import { type Fields, objectAt, textOf } from '../../json/index.js';
import { limits } from '../../limits/index.js';
import { type FileObject } from './objects-in-files.js';
import { readAtMost } from './read-at-most.js';

/** A folder, or one config.yaml, as the bundle Secret that the registry names: each file is a key. */
export async function bundleObject(path: string, name: string): Promise<FileObject> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    const files = isFolder ? (await readdir(path)).filter((file) => !file.startsWith('.')).sort() : ['config.yaml'];
    const data = Object.create(null) as Record<string, string>;
    let bytes = 0;
    for (const file of files) {
      const content = await (isFolder ? readPlain(join(path, file)) : readAtMost(path));
      bytes += content.length;
      if (bytes > limits.registryFileBytes) throw tooMuch(path);
      data[file] = content.toString('base64');
    }
    const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data };
    return { object, source: path, lineOf: () => undefined };
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    throw new InvalidInput([
      { path: '', source: path, message: fileFault(error), hint: 'Check the path of --bundle.' },
    ]);
  }
}

/** A pipe among the files would be waited for, maybe for ever. */
async function readPlain(path: string): Promise<Buffer> {
  const found = await stat(path);
  if (found.isFile()) return readAtMost(path);
  const message = found.isDirectory() ? 'is a folder' : 'is no plain file';
  const hint = 'Keep only the files of the config bundle in it.';
  throw new InvalidInput([{ path: '', source: path, message, hint }]);
}

function tooMuch(source: string): InvalidInput {
  const message = `its files are longer than ${limits.registryFileBytes} bytes together`;
  return new InvalidInput([{ path: '', source, message, hint: 'Keep only the files of the config bundle in it.' }]);
}

/** The files that a bundle is read from; what cannot be read is told of when it is. */
export async function filesOfBundle(path: string): Promise<readonly string[]> {
  const files = await readdir(path).catch(() => []);
  return [path, ...files.map((file) => join(path, file))];
}

/** The name of the bundle that a registry states. */
export function bundleNameOf(registry: Fields): string | undefined {
  return textOf(objectAt(registry, 'spec').configBundleSecret);
}
