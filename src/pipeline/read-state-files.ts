import { type QuayOrganization } from '../api/index.js';
import { type Ignore, ignores, isPersons } from '../desired/index.js';
import { InvalidInput, type Problem } from '../errors/index.js';
import { type Head, type SizedEntry } from '../git/index.js';
import { limits } from '../limits/index.js';
import { namespaceOfFile, type StatePaths } from '../names/index.js';
import { listAround } from './list-around.js';
import { type Overlay, parseStateFiles, readIgnore, type Reading } from './parse-state-files.js';
import { isReadable, stateFileFault } from './state-file-faults.js';
import { type LocatedOrganization } from './unreadable-specs.js';
import { unreadProblems, type UnreadState, unreadState } from './unread-state.js';

/** What the folder of a cluster holds at one commit, and what could not be read in it. */
export interface StateFiles {
  readonly ignore: Ignore | undefined;
  /** By namespace. */
  readonly overlays: ReadonlyMap<string, Overlay>;
  /** By path. */
  readonly documents: ReadonlyMap<string, LocatedOrganization>;
  /** The paths of documents that could not be read: with any, not all that is declared is known. */
  readonly unread: ReadonlySet<string>;
  /** All else that could not be read, and whom it may concern. */
  readonly unknown: UnreadState;
  readonly problems: readonly Problem[];
}

const none: StateFiles = {
  ignore: undefined,
  overlays: new Map(),
  documents: new Map(),
  unread: new Set(),
  unknown: { folders: new Map(), namespaces: new Map(), documents: new Set(), ignore: undefined },
  problems: [],
};

/**
 * Reads the folder; a file that cannot be read becomes a problem and hides none of the others. An overlay for a namespace
 * that is not there is known by its name alone.
 */
export async function readStateFiles(
  head: Head | undefined,
  paths: StatePaths,
  { isThere = () => true, isWanted = () => false, others = [] }: Reading = {},
): Promise<StateFiles> {
  if (head === undefined) return none;
  // What editors read says nothing of the state.
  const notState = [...others, `${paths.schemas}/`];
  const all = (await listAround(head, paths)).filter(({ path }) => !notState.some((folder) => path.startsWith(folder)));
  const unread = await unreadState(head, all, paths);
  // The folder itself may be a link: then it is an entry, and has nothing below it.
  const entries = await head.sized(all.filter(({ path }) => `${path}/`.startsWith(`${paths.cluster}/`)));
  const problems = entries.flatMap((entry) => stateFileFault(entry, paths) ?? []);
  const told = new Set(problems.map(({ source }) => source));
  problems.push(...unreadProblems(unread, paths).filter(({ source }) => !told.has(source)));
  const ofOverlays = (path: string): string | undefined => namespaceOfFile(paths.overlays, path);
  const meant = entries.filter(({ path }) => path === paths.ignore || isState(path, paths));
  // One of this name may be the list of what to ignore.
  const isUnused = (namespace: string): boolean => namespace !== 'ignore' && !isThere(namespace);
  const isUnusedFile = ({ path }: SizedEntry): boolean => isUnused(ofOverlays(path) ?? 'ignore');
  const readable = meant.filter((entry) => isReadable(entry, paths) && !isUnusedFile(entry));
  refuseTooMuch(readable, paths);
  const contents = await head.readBytes(readable.map(({ path }) => path));
  const parsed = await parseStateFiles(meant, contents, paths, { isUnused, isThere, isWanted });
  const { ignore } = parsed;
  problems.push(...parsed.problems);
  const misplaced = ignore === undefined ? misplacedIgnore(contents, paths) : [];
  const hasIgnore = unread.ignore !== undefined || meant.some(({ path }) => path === paths.ignore);
  // Without a readable ignore.yaml, everything is ignored.
  if (ignore === undefined && (hasIgnore || misplaced.length > 0)) {
    throw new InvalidInput([...misplaced, ...problems], 'StateInvalid');
  }
  return {
    ...parsed,
    unread: new Set([...unread.documents, ...parsed.unread]),
    unknown: { ...unread, namespaces: new Map([...unread.namespaces, ...parsed.namespaces]) },
    problems,
  };
}

function refuseTooMuch(entries: readonly SizedEntry[], { cluster }: StatePaths): void {
  const sum = entries.reduce((total, { size }) => total + size, 0);
  if (sum <= limits.folderBytes) return;
  const largest = entries.reduce((one, other) => (other.size > one.size ? other : one));
  const message = `the files have ${sum} bytes together; at most ${limits.folderBytes} are read`;
  const hint = `Remove what is no state; the largest is ${largest.path}.`;
  throw new InvalidInput([{ path: '', source: cluster, message, hint }], 'StateInvalid');
}

function isState(path: string, { overlays, organizations }: StatePaths): boolean {
  if (namespaceOfFile(overlays, path) !== undefined) return true;
  const name = path.startsWith(`${organizations}/`) ? path.slice(organizations.length + 1) : '';
  return name.endsWith('.yaml') && !name.includes('/');
}

/** In a folder below it has the name of a namespace's file, and tells itself by what it says. */
function misplacedIgnore(contents: ReadonlyMap<string, Uint8Array>, paths: StatePaths): readonly Problem[] {
  return [paths.overlays, paths.organizations].flatMap((folder) => {
    const source = `${folder}/ignore.yaml`;
    const content = contents.get(source);
    if (content === undefined || !isIgnoreList(content, source)) return [];
    return [{ path: '', source, message: 'says what to leave alone', hint: `Move it to ${paths.ignore}.` }];
  });
}

function isIgnoreList(content: Uint8Array, path: string): boolean {
  try {
    return Object.values(readIgnore(content, path)).some((list) => list.length > 0);
  } catch (error) {
    if (error instanceof InvalidInput) return false;
    throw error;
  }
}

/** The documents that people wrote, in the order of their paths. */
export function personsDocuments(files: StateFiles): readonly LocatedOrganization[] {
  return [...files.documents.values()].filter(({ organization }) => isPersons(organization));
}

/** Whether ignore.yaml lists the organization of a document. */
export function isIgnored(
  { ignore }: Pick<StateFiles, 'ignore'>,
  { spec }: { readonly spec: Pick<QuayOrganization['spec'], 'namespace' | 'name'> },
): boolean {
  return ignores(ignore, spec.namespace ?? '', spec.name);
}
