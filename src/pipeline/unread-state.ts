import { managedByLabel, managedByValue } from '../api/index.js';
import { type Problem } from '../errors/index.js';
import { limits } from '../limits/index.js';
import { isFile, type Head, type SizedEntry, type TreeEntry } from '../git/index.js';
import { type StatePaths } from '../names/index.js';
import { carriesLabels } from '../publish/index.js';
import { type Reach, reachOf } from './reach.js';

/** What stands in the folder of a cluster, or beside it, and is not read: unknown, and not empty. */
export interface UnreadState {
  /** Folders of which nobody knows what they hold, by the path that says so. */
  readonly folders: ReadonlyMap<string, Reach['folders']>;
  /** Namespace → the file that may be its overlay or its document. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** Files that may be documents of people. */
  readonly documents: ReadonlySet<string>;
  /** A file that may be the list of what to leave alone. */
  readonly ignore: string | undefined;
}

/** Finds everything that is not read and may say something. */
export async function unreadState(head: Head, entries: readonly TreeEntry[], paths: StatePaths): Promise<UnreadState> {
  const all = entries.map(({ path }) => path);
  const files = new Set(all);
  const isThere = (path: string): boolean => files.has(path) || all.some((one) => one.startsWith(`${path}/`));
  const found = entries.flatMap((entry): [TreeEntry, Reach][] => {
    const reach = reachOf(entry, { paths, isThere });
    return reach === undefined ? [] : [[entry, reach]];
  });
  const ours = await renderedAmong(head, found, paths);
  const left = found.filter(([{ path }]) => !ours.has(path));
  const isMissing = (name: string, path: string): boolean =>
    path.startsWith(`${paths.overlays}/`)
      ? !files.has(paths.overlay(name))
      : path.startsWith(`${paths.organizations}/`)
        ? !files.has(paths.organization(name))
        : !files.has(paths.overlay(name)) || !files.has(paths.organization(name));
  return {
    folders: new Map(left.flatMap(([{ path }, { folders }]) => (folders.length > 0 ? [[path, folders]] : []))),
    namespaces: new Map(
      left.flatMap(([{ path }, { names }]) =>
        names.filter((name) => isMissing(name, path)).map((name): [string, string] => [name, path]),
      ),
    ),
    documents: new Set(
      left.flatMap(([{ path }, { folders }]) =>
        folders.length === 0 && !path.startsWith(`${paths.overlays}/`) ? [path] : [],
      ),
    ),
    ignore: files.has(paths.ignore) ? undefined : left.find(([, { ignore }]) => ignore)?.[0].path,
  };
}

/**
 * One that Quayside rendered, and somebody moved inside its folder, is rendered again in its place. Elsewhere labels prove
 * nothing: an overlay may have been begun as a copy of a document.
 */
async function renderedAmong(
  head: Head,
  found: readonly (readonly [TreeEntry, Reach])[],
  { organizations }: StatePaths,
): Promise<ReadonlySet<string>> {
  const named = found.flatMap(([entry, { folders }]) =>
    folders.length === 0 && isFile(entry) && entry.path.startsWith(`${organizations}/`) ? [entry] : [],
  );
  const sized = await head.sized(named);
  const readable = sized.filter(({ size }: SizedEntry) => size <= limits.documentBytes);
  const texts = await head.read(readable.map(({ path }) => path));
  const labels = { [managedByLabel]: managedByValue };
  return new Set([...texts].flatMap(([path, text]) => (carriesLabels(text, labels) ? [path] : [])));
}

/** What to say of folders, and of the list of what to leave alone; a file of one namespace is told where that is held. */
export function unreadProblems({ folders, ignore }: UnreadState, paths: StatePaths): readonly Problem[] {
  return [
    ...[...folders.keys()].map((source) => ({
      path: '',
      source,
      message: 'is not read, so nobody knows what it says',
      hint: `What is read lies in ${paths.organizations} and ${paths.overlays}, in regular files and folders.`,
    })),
    ...(ignore === undefined
      ? []
      : [{ path: '', source: ignore, message: 'is not read', hint: `Move it to ${paths.ignore}, or delete it.` }]),
  ];
}
