import { type QuayOrganization } from '../api/index.js';
import { type Ignore, ignores, isPersons, parseIgnore } from '../desired/index.js';
import { InvalidInput, type Problem } from '../errors/index.js';
import { type Head } from '../git/index.js';
import { namespaceOfFile, type StatePaths } from '../names/index.js';
import { parseYaml, type Position, readText } from '../state/index.js';
import { lazyOrganization } from './lazy-organization.js';
import { located } from './located.js';
import { isReadable, stateFileFault } from './state-file-faults.js';

/** A document of the state repository and the file it stands in. */
export interface PlacedOrganization {
  readonly source: string;
  readonly organization: QuayOrganization;
}

/** What the folder of a cluster holds at one commit, and what could not be read in it. */
export interface StateFiles {
  readonly ignore: Ignore | undefined;
  /** By namespace. */
  readonly overlays: ReadonlyMap<string, Overlay>;
  /** By path. */
  readonly documents: ReadonlyMap<string, PlacedOrganization>;
  /** The paths of documents that could not be read: with any, nobody knows all that is stated. */
  readonly unread: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** What an overlay says, a text where it is no YAML, and where it says it. */
export interface Overlay {
  readonly value: unknown;
  readonly locate: (path: string) => Position | undefined;
}

const none: StateFiles = {
  ignore: undefined,
  overlays: new Map(),
  documents: new Map(),
  unread: new Set(),
  problems: [],
};

/** Reads the folder; a file that cannot be read becomes a problem and hides none of the others. */
export async function readStateFiles(head: Head | undefined, paths: StatePaths): Promise<StateFiles> {
  if (head === undefined) return none;
  // The folder itself may be a link: then it is an entry, and has nothing below it.
  const listed = (await head.list(paths.cluster)).filter(({ path }) => `${path}/`.startsWith(`${paths.cluster}/`));
  const entries = await head.sized(listed);
  const problems = entries.flatMap((entry) => stateFileFault(entry, paths) ?? []);
  const ofOverlays = (path: string): string | undefined => namespaceOfFile(paths.overlays, path);
  const isDocument = (path: string): boolean => path.startsWith(`${paths.organizations}/`) && path.endsWith('.yaml');
  const isMeant = (path: string): boolean =>
    ofOverlays(path) !== undefined || path === paths.ignore || isDocument(path);
  const meant = entries.filter(({ path }) => isMeant(path));
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
  const documents = new Map<string, PlacedOrganization>();
  let ignore: Ignore | undefined;
  const isFolder = (path: string): boolean => `${paths.organizations}/`.startsWith(`${path}/`);
  const unread = new Set(entries.flatMap(({ path }) => (isFolder(path) ? [path] : [])));
  for (const { path } of meant) {
    const content = contents.get(path);
    const overlaid = ofOverlays(path);
    // An overlay that cannot be read is there all the same: a document without it would be another one.
    if (overlaid !== undefined)
      overlays.set(overlaid, attempt(content, (bytes) => parseYaml(bytes, path)) ?? noOverlay);
    else if (path === paths.ignore) ignore = attempt(content, (bytes) => readIgnore(bytes, path));
    else {
      const organization = attempt(content, (bytes) => lazyOrganization(readText(bytes, path), path));
      if (organization === undefined) unread.add(path);
      else documents.set(path, { source: path, organization });
    }
  }
  // Without knowing what people want left alone, everything is left alone.
  if (ignore === undefined && meant.some(({ path }) => path === paths.ignore)) {
    throw new InvalidInput(problems, 'StateInvalid');
  }
  return { ignore, overlays, documents, unread, problems };
}

/** Stands for an overlay that cannot be read: no mapping, so that the document it belongs to is kept as it is. */
const noOverlay: Overlay = { value: '', locate: () => undefined };

function readIgnore(content: Uint8Array, path: string): Ignore {
  const file = parseYaml(content, path);
  return located(file, () => parseIgnore(file.value, path));
}

/** The documents that people wrote, in the order of their paths. */
export function personsDocuments(files: StateFiles): readonly PlacedOrganization[] {
  return [...files.documents.values()].filter(({ organization }) => isPersons(organization));
}

/** Whether people want the organization of a document left alone. */
export function isIgnored(
  { ignore }: Pick<StateFiles, 'ignore'>,
  { spec }: { readonly spec: Pick<QuayOrganization['spec'], 'namespace' | 'name'> },
): boolean {
  return ignores(ignore, spec.namespace ?? '', spec.name);
}
