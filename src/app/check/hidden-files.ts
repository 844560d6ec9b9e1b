import { type Head, type StateReader, type StateWriter } from '../../git/index.js';

/** The same repository without some files, to see what else is wrong. */
export function withoutFiles(
  repository: StateReader & StateWriter,
  hidden: ReadonlySet<string>,
): StateReader & StateWriter {
  if (hidden.size === 0) return repository;
  const without = (head: Head | undefined): Head | undefined => head && hide(head, hidden);
  return {
    ...repository,
    head: async (options) => without(await repository.head(options)),
    at: async (commit) => without(await repository.at(commit)),
  };
}

function hide(head: Head, hidden: ReadonlySet<string>): Head {
  const shown = <T extends { readonly path: string }>(entries: readonly T[]): readonly T[] =>
    entries.filter(({ path }) => !hidden.has(path));
  const named = (paths: readonly string[]): readonly string[] => paths.filter((path) => !hidden.has(path));
  return {
    ...head,
    list: async (prefix) => shown(await head.list(prefix)),
    children: async (folder) => shown(await head.children(folder)),
    above: async (path) => shown(await head.above(path)),
    read: (paths) => head.read(named(paths)),
    readBytes: (paths) => head.readBytes(named(paths)),
  };
}
