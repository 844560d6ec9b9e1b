import { TerminalError } from '../errors/index.js';
import { limits } from '../limits/index.js';

/** Why a path may not be written in a repository; undefined when it may. */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (Buffer.byteLength(path) > limits.pathBytes) return 'is too long';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  if (path.includes('\\')) return 'contains a backslash';
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(path)) return 'contains a character that cannot be seen';
  return path
    .split('/')
    .map(componentFault)
    .find((fault) => fault !== undefined);
}

function componentFault(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return `contains an empty, "." or ".." part`;
  if (Buffer.byteLength(name) > 255) return 'contains a name that is too long';
  // Some file systems fold case, ignore trailing dots and spaces, or know the short name of `.git`.
  return /^(\.git|git~\d+)[. ]*(:.*)?$/i.test(name) ? 'reaches into .git' : undefined;
}

/** The path itself, relative to the top of a repository; throws when a file there could harm whoever checks it out. */
export function safePath(path: string): string {
  const fault = pathFault(path);
  if (fault === undefined) return path;
  throw new TerminalError('UnsafePath', `the path ${JSON.stringify(path.slice(0, 200))} ${fault}`);
}
