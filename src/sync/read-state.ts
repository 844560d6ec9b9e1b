import { setImmediate } from 'node:timers/promises';
import { InvalidInput, type Problem } from '../errors/index.js';
import { isFile, type Head, type SizedEntry } from '../git/index.js';
import { maximumFileBytes, parseYaml, type ParsedFile } from '../state/index.js';

/** One document of the state repository. */
export interface StateDocument extends ParsedFile {
  readonly path: string;
  /** The id of the content: equal ids mean equal documents. */
  readonly id: string;
}

/** The documents under a prefix at one commit, and what could not be read. */
export interface State {
  readonly commit: string;
  readonly documents: readonly StateDocument[];
  readonly problems: readonly Problem[];
}

const filesPerTurn = 50;

/** Documents by path, as they were read before. */
export type KnownDocuments = ReadonlyMap<string, StateDocument>;

/**
 * Reads the `.yaml` files that lie in a folder (`clusters/openshift/organizations/`). Those whose id is known are not
 * read again. A file that is wrong is a problem with its place, and hides no other.
 */
export async function readState(head: Head, prefix: string, known: KnownDocuments = new Map()): Promise<State> {
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const listed = (await head.list(folder)).filter(({ path }) => !isAside(path.slice(folder.length)));
  const entries = await head.sized(listed);
  const problems = entries.flatMap((entry): Problem[] => {
    const fault = entryFault(entry, folder);
    return fault === undefined ? [] : [{ path: '', source: entry.path, ...fault }];
  });
  const readable = entries.filter((entry) => entryFault(entry, folder) === undefined);
  const unread = readable.filter(({ path, id }) => known.get(path)?.id !== id).map(({ path }) => path);
  const contents = await head.readBytes(unread);
  const documents: StateDocument[] = [];
  let parsed = 0;
  for (const { path, id } of readable) {
    const before = known.get(path);
    const content = contents.get(path);
    // Thousands of files take seconds: leases and probes must be answered meanwhile.
    if (content !== undefined && ++parsed % filesPerTurn === 0) await setImmediate();
    const result = content === undefined ? before : parse(path, id, content);
    if (result instanceof InvalidInput) problems.push(...result.problems);
    else if (result !== undefined) documents.push(result);
  }
  return { commit: head.commit, documents, problems };
}

function parse(path: string, id: string, content: Uint8Array): StateDocument | InvalidInput {
  try {
    return { ...parseYaml(content, path), path, id };
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
}

/** What people keep beside documents: notes, and files that begin with a dot. */
function isAside(name: string): boolean {
  return (
    /(?:^|\/)\.[^/]*$/.test(name) || /\.(?:md|txt|adoc)$/i.test(name) || /^(?:README|LICENSE|CODEOWNERS)$/i.test(name)
  );
}

function entryFault(entry: SizedEntry, folder: string): Pick<Problem, 'message' | 'hint'> | undefined {
  const name = entry.path.slice(folder.length);
  if (entry.mode === '120000')
    return { message: 'is a symbolic link, which is not followed', hint: 'put the file itself here' };
  if (!isFile(entry)) return { message: 'is a submodule, which is not read' };
  if (name.includes('/')) return { message: 'is in a folder below, which is not read', hint: `move it into ${folder}` };
  if (/\.(?:yml|json)$/i.test(name))
    return { message: 'is not read', hint: `call it ${name.replace(/\.\w+$/, '.yaml')}` };
  if (!name.endsWith('.yaml')) return { message: 'is not read: it is no .yaml file' };
  if (entry.size <= maximumFileBytes) return undefined;
  return { message: `is ${entry.size} bytes long; a state file has at most ${maximumFileBytes}` };
}
