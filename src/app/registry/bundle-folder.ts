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
    const data: Record<string, string> = {};
    let bytes = 0;
    for (const file of files) {
      const content = await readAtMost(isFolder ? join(path, file) : path);
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

function tooMuch(source: string): InvalidInput {
  const message = `its files are longer than ${limits.registryFileBytes} bytes together`;
  return new InvalidInput([{ path: '', source, message, hint: 'Keep only the files of the config bundle in it.' }]);
}

/** The name of the bundle that a registry states. */
export function bundleNameOf(registry: Fields): string | undefined {
  return textOf(objectAt(registry, 'spec').configBundleSecret);
}
