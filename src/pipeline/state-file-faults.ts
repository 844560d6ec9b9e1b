import { type Problem } from '../errors/index.js';
import { limits } from '../limits/index.js';
import { isFile, type SizedEntry } from '../git/index.js';
import { namespaceOfFile, type StatePaths } from '../names/index.js';

/** What keeps a file in the folder of a cluster from being read, or from meaning anything there; undefined when nothing does. */
export function stateFileFault(entry: SizedEntry, paths: StatePaths): Problem | undefined {
  const fault = unreadable(entry, paths) ?? stray(entry.path, paths);
  return fault && { path: '', source: entry.path, ...fault };
}

/** Whether the content of a file can be read at all. */
export function isReadable(entry: SizedEntry, paths: StatePaths): boolean {
  return unreadable(entry, paths) === undefined;
}

type Fault = Pick<Problem, 'message' | 'hint'>;

function unreadable(entry: SizedEntry, { organizations }: StatePaths): Fault | undefined {
  if (!isFile(entry)) {
    return {
      message: entry.mode === '120000' ? 'is a symbolic link' : 'is a submodule',
      hint: 'Put a regular file there; links are never followed.',
    };
  }
  const most = entry.path.startsWith(`${organizations}/`) ? limits.documentBytes : limits.personalFileBytes;
  if (entry.size <= most) return undefined;
  return {
    message: `has ${entry.size} bytes; at most ${most} are read`,
    hint: 'Split it, or move it out of the state folder.',
  };
}

/** Notes and hidden files may lie beside the documents; what looks like a document and is none would be missed silently. */
function stray(path: string, { cluster, organizations, overlays, identity, ignore }: StatePaths): Fault | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.startsWith('.') || !/\.(?:ya?ml|json)$/i.test(name) || path === identity || path === ignore)
    return undefined;
  const folder = [organizations, overlays].find((one) => path.startsWith(`${one}/`));
  if (folder === undefined) {
    const known = ['cluster.yaml', 'ignore.yaml', 'organizations/', 'overlays/'];
    return { message: 'is not read', hint: `${cluster} holds ${known.join(', ')} and nothing else.` };
  }
  if (path.slice(folder.length + 1).includes('/')) {
    return { message: 'is in a folder below, which is not read', hint: `Move it into ${folder}.` };
  }
  if (!name.endsWith('.yaml')) {
    return { message: 'is not read', hint: `Call it ${name.replace(/\.\w+$/, '.yaml')}.` };
  }
  if (folder === overlays && namespaceOfFile(overlays, path) === undefined) {
    return {
      message: 'is not read: its name is not that of a namespace',
      hint: 'An overlay is called <namespace>.yaml, in lower case.',
    };
  }
  return undefined;
}
