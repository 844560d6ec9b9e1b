import { type Ignore, parseIgnore } from '../desired/index.js';
import { InvalidInput, type Problem } from '../errors/index.js';
import { type SizedEntry } from '../git/index.js';
import { namespaceOfFile, type StatePaths } from '../names/index.js';
import { parseYaml, type ParsedFile, type Position, readText } from '../state/index.js';
import { breather } from './breather.js';
import { lazyOrganization } from './lazy-organization.js';
import { located } from './located.js';
import { type LocatedOrganization, unreadableSpecs } from './unreadable-specs.js';

/** What an overlay says, and where it says it. */
export interface Overlay {
  readonly value: unknown;
  readonly locate: (path: string) => Position | undefined;
}

/** What is known of the cluster that the files are about. */
export interface Reading {
  /** Whether there is a namespace, or may be one. @default - always */
  readonly isThere?: (namespace: string) => boolean;
  /** Whether the spec of its document will be asked for. @default - not of those that Quayside wrote */
  readonly isWanted?: (namespace: string) => boolean;
  /** Folders of other kinds of documents, which mean nothing here. @default - none */
  readonly others?: readonly string[];
}

type ParsingOptions = Required<Omit<Reading, 'others'>> & { readonly isUnused: (namespace: string) => boolean };

interface Parsed {
  readonly ignore: Ignore | undefined;
  readonly overlays: ReadonlyMap<string, Overlay>;
  readonly documents: ReadonlyMap<string, LocatedOrganization>;
  /** Paths of documents. */
  readonly unread: readonly string[];
  /** Namespace → its overlay, which could not be read. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Parses the files, and lets other work go on in between. One without content is one that could not be read. */
export async function parseStateFiles(
  entries: readonly SizedEntry[],
  contents: ReadonlyMap<string, Uint8Array>,
  paths: StatePaths,
  { isUnused, ...reading }: ParsingOptions,
): Promise<Parsed> {
  const breathe = breather();
  const problems: Problem[] = [];
  const attempt = <T>(path: string, read: (content: Uint8Array) => T): T | undefined => {
    const content = contents.get(path);
    try {
      return content && read(content);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const overlays = new Map<string, Overlay>();
  const namespaces = new Map<string, string>();
  const documents = new Map<string, LocatedOrganization>();
  const unread: string[] = [];
  let ignore: Ignore | undefined;
  for (const { path, size, id } of entries) {
    await breathe(size);
    const overlaid = namespaceOfFile(paths.overlays, path);
    if (overlaid !== undefined) {
      // One that cannot be read is there all the same: a document without it would be another one.
      const overlay = isUnused(overlaid) ? unused : attempt(path, (bytes) => written(parseYaml(bytes, path), path));
      if (overlay === undefined) namespaces.set(overlaid, path);
      else overlays.set(overlaid, overlay);
    } else if (path === paths.ignore) ignore = attempt(path, (bytes) => readIgnore(bytes, path));
    else {
      const organization = attempt(path, (bytes) => lazyOrganization(readText(bytes, path), path));
      if (organization === undefined) unread.push(path);
      else documents.set(path, { source: path, id, organization });
      // What is rendered again is compared by its bytes; the others are parsed here, where there is time in between.
      if (organization !== undefined && isReadSoon(namespaceOfFile(paths.organizations, path), size, reading)) {
        unreadableSpecs([{ source: path, organization }]);
      }
    }
  }
  return { ignore, overlays, documents, unread, namespaces, problems };
}

/** Bytes that take a moment to parse. */
const longDocument = 16 * 1024;

/** What an overlay says that nobody takes up. */
const unused: Overlay = { value: {}, locate: () => ({ line: 1, column: 1 }) };

function isReadSoon(
  namespace: string | undefined,
  size: number,
  { isThere, isWanted }: Pick<ParsingOptions, 'isThere' | 'isWanted'>,
): boolean {
  return namespace === undefined || isWanted(namespace) || !isThere(namespace) || size > longDocument;
}

/** What is to be left alone, of a file. */
export function readIgnore(content: Uint8Array, path: string): Ignore {
  const file = written(parseYaml(content, path), path);
  return located(file, () => parseIgnore(file.value, path));
}

/** A file without a word is more often the rest of one than somebody's wish. */
function written(file: ParsedFile, source: string): ParsedFile {
  if (!file.isBlank) return file;
  const hint = 'Delete the file, or write {} into it, to take back what it said.';
  throw new InvalidInput([{ path: '', source, message: 'is empty', hint }], 'StateInvalid');
}
