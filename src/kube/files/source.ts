import { createReadStream, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFault, InvalidInput, toError } from '../../errors/index.js';
import { objectOrEmpty } from '../../json/index.js';

/** One file to read, and what it is called in messages. */
export interface Source {
  readonly name: string;
  /** It was found in a folder: nobody says that it holds objects. */
  readonly found: boolean;
  open(): AsyncIterable<Buffer>;
}

/** What the paths stand for. */
export interface Sources {
  readonly files: readonly Source[];
  /** Manifests beside the objects in the folders of `oc adm must-gather` and `oc adm inspect`. */
  readonly passedOver: number;
  /** Some folder is of those, which hold the namespaces that somebody asked for, and not all. */
  readonly inspected: boolean;
}

/** The files that the paths stand for: themselves, the manifests below a folder, or the standard input for `-`. */
export async function sourcesOf(
  paths: readonly string[],
  stdin: NodeJS.ReadStream | AsyncIterable<Buffer>,
): Promise<Sources> {
  const files: Source[] = [];
  let passedOver = 0;
  let inspected = false;
  for (const path of [...new Set(paths)]) {
    if (path === '-') files.push(standardInput(stdin));
    else if (await isFolder(path)) {
      const below = await manifestsBelow(path);
      const objects = below.filter((one) => ofInspection.test(one.slice(path.length)));
      const kept = objects.length === 0 ? below : objects;
      inspected ||= objects.length > 0;
      passedOver += below.length - kept.length;
      files.push(...kept.map((one) => file(one, true)));
    } else files.push(file(path, false));
  }
  return { files, passedOver, inspected };
}

/** Where these commands put objects; beside them lie answers of other programs. */
const ofInspection = /(?:^|[/\\])(?:namespaces|cluster-scoped-resources)[/\\]/;

function file(path: string, found: boolean): Source {
  return { name: path, found, open: () => createReadStream(path, { highWaterMark: 256 * 1024 }) };
}

function standardInput(stdin: NodeJS.ReadStream | AsyncIterable<Buffer>): Source {
  if ('isTTY' in stdin && stdin.isTTY) {
    const hint = 'Pipe the dump in: oc get ns,sa,is -A -o yaml | quayside render --cluster -';
    throw new InvalidInput([{ path: '', source: 'standard input', message: 'nothing is piped in', hint }]);
  }
  return { name: 'standard input', found: false, open: () => stdin as AsyncIterable<Buffer> };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function manifestsBelow(folder: string): Promise<readonly string[]> {
  const found = await filesBelow(folder);
  if (found.length > 0) return found;
  const hint = 'Files that end in .yaml, .yml or .json are read, packed with gzip (.gz) or not.';
  throw new InvalidInput([{ path: '', source: folder, message: 'there is no manifest in this folder', hint }]);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) found.push(...(await filesBelow(path)));
    else if (/\.(?:ya?ml|json)(?:\.gz)?$/i.test(entry.name) && (await isFile(entry, path))) found.push(path);
  }
  return found;
}

/** Links to files are followed, as in a mounted ConfigMap; links to folders could lead in circles. */
async function isFile(entry: Dirent, path: string): Promise<boolean> {
  return entry.isFile() || (entry.isSymbolicLink() && !(await isFolder(path)));
}

/** The error of a file that the system does not let us read; any other error as it is. */
export function unreadable(path: string, error: unknown): Error {
  if (typeof objectOrEmpty(error).code !== 'string') return toError(error);
  return new InvalidInput([{ path: '', source: path, message: fileFault(error), hint: 'Check the path.' }]);
}
