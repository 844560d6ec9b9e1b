import { isFile, type TreeEntry } from '../git/index.js';
import { isNamespaceName, looksLikeState, meantName, namespaceOfFile, type StatePaths } from '../names/index.js';

/** What an entry that is not read may stand for. */
export interface Reach {
  /** Folders of which nobody knows what they hold. */
  readonly folders: readonly Kind[];
  /** Names of namespaces whose overlay or document it may be. */
  readonly names: readonly string[];
  /** Whether it may be the list of what to leave alone. */
  readonly ignore: boolean;
}

type Kind = 'overlays' | 'organizations';

/** Where entries lie, and whether there is a file or a folder at a path. */
export interface Surroundings {
  readonly paths: StatePaths;
  readonly isThere: (path: string) => boolean;
}

const anything: Reach = { folders: [], names: [], ignore: false };
const all: Reach = { ...anything, folders: ['overlays', 'organizations'] };

/** What an entry may stand for, although nothing is read from there; undefined where it stands where it belongs, or means nothing. */
export function reachOf(entry: TreeEntry, surroundings: Surroundings): Reach | undefined {
  const { paths } = surroundings;
  // An entry is never a folder: with one in its place, nothing below it can be read.
  if (`${paths.cluster}/`.startsWith(`${entry.path}/`)) return all;
  const home = paths.cluster.split('/').slice(0, -2);
  const steps = entry.path.split('/');
  if (home.some((step, index) => steps[index] !== step)) return undefined;
  const [top = '', ...below] = steps.slice(home.length);
  const cluster = paths.cluster.slice(paths.cluster.lastIndexOf('/') + 1);
  const isMeant = top.toLowerCase() === 'clusters' && below[0]?.toLowerCase() === cluster;
  if (top === 'clusters' && below[0] === cluster) return reachInside(entry, below.slice(1), paths);
  if (isMeant) return all;
  return top === 'clusters' ? reachBeside(entry, below, surroundings) : undefined;
}

function reachInside(entry: TreeEntry, steps: readonly string[], paths: StatePaths): Reach | undefined {
  if (entry.path === paths.identity || entry.path === paths.ignore) return undefined;
  const [first = '', ...below] = steps;
  const kind = folderMeant(first);
  // A folder may have the name of a file, and hold anything.
  if (kind === undefined) {
    const found = named(steps);
    return found?.ignore === true || steps.some(looksLikeState) ? found : undefined;
  }
  return first === kind && below.length > 0 ? reachIn(kind, entry, below, paths) : { ...anything, folders: [kind] };
}

function reachIn(kind: Kind, entry: TreeEntry, steps: readonly string[], paths: StatePaths): Reach | undefined {
  if (isInPlace(kind, entry.path, paths)) return undefined;
  const isNamedSo = looksLikeState(steps.at(-1) ?? '');
  // A link or a submodule may be a whole folder of them.
  if (!isFile(entry) && !isNamedSo) return { ...anything, folders: [kind] };
  return named(steps) ?? (kind === 'organizations' && isNamedSo ? anything : undefined);
}

function isInPlace(kind: Kind, path: string, { overlays, organizations }: StatePaths): boolean {
  return kind === 'overlays'
    ? namespaceOfFile(overlays, path) !== undefined
    : path.endsWith('.yaml') && !path.slice(organizations.length + 1).includes('/');
}

/** One folder too high; the folders of other clusters lie there as well. */
function reachBeside(entry: TreeEntry, steps: readonly string[], { paths, isThere }: Surroundings): Reach | undefined {
  const [first = '', ...below] = steps;
  const kind = folderMeant(first);
  if (kind === undefined) return below.length === 0 && looksLikeState(first) ? named(steps) : undefined;
  const folder = entry.path
    .split('/')
    .slice(0, -below.length || undefined)
    .join('/');
  if (isThere(`${folder}/cluster.yaml`)) return undefined;
  return isThere(paths[kind]) ? named(below) : { ...anything, folders: [kind] };
}

function folderMeant(step: string): Kind | undefined {
  return (['overlays', 'organizations'] as const).find((kind) => kind === step.toLowerCase());
}

function named(steps: readonly string[]): Reach | undefined {
  // A folder may have the name of a namespace, whatever its files are called.
  const names = steps.flatMap((step) => {
    const name = meantName(step);
    return name !== undefined && isNamespaceName(name) ? [name] : [];
  });
  return names.length === 0 ? undefined : { ...anything, names, ignore: names.includes('ignore') };
}
