import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { type ServerName, servers, type ServerPaths } from './list.js';

/** Those of the programs that a folder holds and that can be run. */
export function pathsIn(folder: string): Partial<ServerPaths> {
  const paths = servers.map(({ name }) => [name, resolve(folder, name)] as const);
  return Object.fromEntries(paths.filter(([, path]) => isProgram(path)));
}

/** The names of those that are not there. */
export function missingFrom(paths: Partial<ServerPaths>): readonly ServerName[] {
  return servers.map(({ name }) => name).filter((name) => paths[name] === undefined);
}

/** Whether none is missing. */
export function areAll(paths: Partial<ServerPaths>): paths is ServerPaths {
  return missingFrom(paths).length === 0;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
