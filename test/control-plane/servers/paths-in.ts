import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { servers, type ServerPaths } from './list.js';

/** The programs in a folder, or undefined when one of them is missing or cannot be run. */
export function pathsIn(folder: string): ServerPaths | undefined {
  const paths = pathsFor(folder);
  return Object.values(paths).every(isProgram) ? paths : undefined;
}

/** Where the programs would be in a folder. */
export function pathsFor(folder: string): ServerPaths {
  return Object.fromEntries(servers.map(({ name }) => [name, resolve(folder, name)])) as ServerPaths;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
