import { isPersons } from '../desired/index.js';
import { InvalidInput, TerminalError } from '../errors/index.js';
import { type Head, type StateReader, type TreeEntry } from '../git/index.js';
import { namespaceOfFile, type StatePaths } from '../names/index.js';
import { checkAncestry } from './check-ancestry.js';
import { lazyOrganization } from './lazy-organization.js';

type Kind = 'overlays' | 'organizations';

/**
 * `HistoryDiverged` when the commit applied last is not in the history of the head, or when what people had written by then is
 * gone as a whole. To take one file away says something; a folder that is gone, with more than one, was more likely lost.
 */
export async function checkStateHistory(
  repository: StateReader,
  head: Head | undefined,
  lastApplied: string | undefined,
  paths: StatePaths,
): Promise<TerminalError | undefined> {
  const diverged = await checkAncestry(repository, head, lastApplied);
  if (diverged !== undefined || head === undefined || lastApplied === undefined) return diverged;
  const before = lastApplied === head.commit ? undefined : await repository.at(lastApplied);
  if (before === undefined) return undefined;
  for (const kind of ['overlays', 'organizations'] as const) {
    const gone = await goneFrom(kind, before, head, paths);
    if (gone.length === 0) continue;
    const isLost =
      gone.length > 1 && (await peoplesFiles(kind, await head.list(`${paths[kind]}/`), head, paths)).size === 0;
    if (isLost || (await wasEmptied(repository, head.commit, lastApplied, paths))) {
      return lost(`${gone.length} of the files that people had in ${paths[kind]}`, lastApplied);
    }
  }
  return undefined;
}

function lost(what: string, lastApplied: string): TerminalError {
  const message = `${what} are gone at once since ${lastApplied.slice(0, 12)}, applied last`;
  return new TerminalError('HistoryDiverged', message, {
    hint: 'Nothing is removed until they are back, or somebody has agreed.',
  });
}

/** The files of people that are no longer there, or no longer theirs. Of what has not changed since, nothing is read. */
async function goneFrom(kind: Kind, before: Head, head: Head, paths: StatePaths): Promise<readonly string[]> {
  const now = await head.list(`${paths[kind]}/`);
  const ids = new Map(now.map(({ path, id }) => [path, id]));
  const changed = (await before.list(`${paths[kind]}/`)).filter(({ path, id }) => ids.get(path) !== id);
  const were = await peoplesFiles(kind, changed, before, paths);
  const are = await peoplesFiles(
    kind,
    now.filter(({ path }) => were.has(path)),
    head,
    paths,
  );
  return [...were].filter((path) => !are.has(path));
}

async function peoplesFiles(
  kind: Kind,
  entries: readonly TreeEntry[],
  head: Head,
  paths: StatePaths,
): Promise<ReadonlySet<string>> {
  const isOverlay = (path: string): boolean => namespaceOfFile(paths.overlays, path) !== undefined;
  if (kind === 'overlays') return new Set(entries.flatMap(({ path }) => (isOverlay(path) ? [path] : [])));
  const texts = await head.read(entries.map(({ path }) => path));
  return new Set(entries.flatMap(({ path }) => (isRendered(texts.get(path), path) ? [] : [path])));
}

function isRendered(text: string | undefined, path: string): boolean {
  try {
    return text !== undefined && !isPersons(lazyOrganization(text, path));
  } catch (error) {
    if (error instanceof InvalidInput) return false;
    throw error;
  }
}

/** Whether the file that says whose folder it is went as well: nobody takes that one away for an overlay's sake. */
async function wasEmptied(
  repository: StateReader,
  head: string,
  lastApplied: string,
  { identity }: StatePaths,
): Promise<boolean> {
  for (const { commit, files } of await repository.touches(head, [identity])) {
    if (files.get(identity)?.after !== undefined) continue;
    return !(await repository.isAncestor(commit, lastApplied));
  }
  return false;
}
