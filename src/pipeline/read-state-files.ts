import { type QuayOrganization } from '../api/index.js';
import { type Ignore, ignores, isPersons, parseIgnore } from '../desired/index.js';
import { InvalidInput, type Problem } from '../errors/index.js';
import { type Head } from '../git/index.js';
import { namespaceOfFile, type StatePaths } from '../names/index.js';
import { parseYaml, type ParsedFile, type Position, readText } from '../state/index.js';
import { lazyOrganization } from './lazy-organization.js';
import { located } from './located.js';
import { isReadable, stateFileFault } from './state-file-faults.js';
import { unreadProblems, type UnreadState, unreadState } from './unread-state.js';

/** A document of the state repository and the file it stands in. */
export interface LocatedOrganization {
  readonly source: string;
  readonly organization: QuayOrganization;
}

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

/** What an overlay says, and where it says it. */
export interface Overlay {
  readonly value: unknown;
  readonly locate: (path: string) => Position | undefined;
}

const none: StateFiles = {
  ignore: undefined,
  overlays: new Map(),
  documents: new Map(),
  unread: new Set(),
  unknown: { folders: new Map(), namespaces: new Map(), documents: new Set(), ignore: undefined },
  problems: [],
};

/** Reads the folder; a file that cannot be read becomes a problem and hides none of the others. */
export async function readStateFiles(head: Head | undefined, paths: StatePaths): Promise<StateFiles> {
  if (head === undefined) return none;
  const all = await head.list();
  const unread = await unreadState(head, all, paths);
  // The folder itself may be a link: then it is an entry, and has nothing below it.
  const entries = await head.sized(all.filter(({ path }) => `${path}/`.startsWith(`${paths.cluster}/`)));
  const problems = entries.flatMap((entry) => stateFileFault(entry, paths) ?? []);
  const told = new Set(problems.map(({ source }) => source));
  problems.push(...unreadProblems(unread, paths).filter(({ source }) => !told.has(source)));
  const ofOverlays = (path: string): string | undefined => namespaceOfFile(paths.overlays, path);
  const meant = entries.filter(({ path }) => path === paths.ignore || isState(path, paths));
  const contents = await head.readBytes(meant.filter(isReadable).map(({ path }) => path));
  const attempt = <T>(content: Uint8Array | undefined, read: (content: Uint8Array) => T): T | undefined => {
    try {
      return content && read(content);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const overlays = new Map<string, Overlay>();
  const documents = new Map<string, LocatedOrganization>();
  const namespaces = new Map(unread.namespaces);
  const unreadDocuments = new Set(unread.documents);
  let ignore: Ignore | undefined;
  for (const { path } of meant) {
    const content = contents.get(path);
    const overlaid = ofOverlays(path);
    if (overlaid !== undefined) {
      // One that cannot be read is there all the same: a document without it would be another one.
      const overlay = attempt(content, (bytes) => readOverlay(bytes, path));
      if (overlay === undefined) namespaces.set(overlaid, path);
      else overlays.set(overlaid, overlay);
    } else if (path === paths.ignore) ignore = attempt(content, (bytes) => readIgnore(bytes, path));
    else {
      const organization = attempt(content, (bytes) => lazyOrganization(readText(bytes, path), path));
      if (organization === undefined) unreadDocuments.add(path);
      else documents.set(path, { source: path, organization });
    }
  }
  const misplaced = ignore === undefined ? misplacedIgnore(contents, paths) : [];
  const isThere = unread.ignore !== undefined || meant.some(({ path }) => path === paths.ignore);
  // Without a readable ignore.yaml, everything is ignored.
  if (ignore === undefined && (isThere || misplaced.length > 0)) {
    throw new InvalidInput([...misplaced, ...problems], 'StateInvalid');
  }
  return { ignore, overlays, documents, unread: unreadDocuments, unknown: { ...unread, namespaces }, problems };
}

function isState(path: string, { overlays, organizations }: StatePaths): boolean {
  if (namespaceOfFile(overlays, path) !== undefined) return true;
  const name = path.startsWith(`${organizations}/`) ? path.slice(organizations.length + 1) : '';
  return name.endsWith('.yaml') && !name.includes('/');
}

function readOverlay(content: Uint8Array, path: string): Overlay {
  return written(parseYaml(content, path), path);
}

function readIgnore(content: Uint8Array, path: string): Ignore {
  const file = written(parseYaml(content, path), path);
  return located(file, () => parseIgnore(file.value, path));
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

/** A file without a word is more often the rest of one than somebody's wish. */
function written(file: ParsedFile, source: string): ParsedFile {
  if (!file.isBlank) return file;
  const hint = 'Delete the file, or write {} into it, to take back what it said.';
  throw new InvalidInput([{ path: '', source, message: 'is empty', hint }], 'StateInvalid');
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
