import { TerminalError } from '../../errors/index.js';
import { limits } from '../../limits/index.js';
import type { TreeEntry } from '../repository/repository.js';
import { AnswerTooLong, type Git } from '../run/run-git.js';

interface What {
  readonly commit: string;
  /** A folder with a slash at its end, or a file; everything when it is empty. @default - the paths themselves */
  readonly prefix?: string;
  /** Instead of what is in a folder, these alone. */
  readonly paths?: readonly string[];
  /** With everything below, and without the folders themselves. */
  readonly recursive: boolean;
}

/**
 * Lists a part of a commit. A few trees that hold one another many times stand for more files than there is memory, so git
 * is stopped when there are too many.
 */
export async function listTree(
  git: Git,
  { commit, prefix = '', paths, recursive }: What,
): Promise<readonly TreeEntry[]> {
  const where = paths ?? (prefix === '' ? [] : [prefix]);
  if (paths?.length === 0) return [];
  const args = [
    'ls-tree',
    ...(recursive ? ['-r'] : []),
    '-z',
    '--full-tree',
    commit,
    ...(where.length > 0 ? ['--'] : []),
  ];
  const listing = await git.text([...args, ...where], { most: limits.listingBytes }).catch((error: unknown) => {
    throw error instanceof AnswerTooLong ? tooMany(prefix) : error;
  });
  const entries = listing.split('\0').flatMap((line) => {
    const [, mode = '', id = '', path = ''] = /^(\d+) \w+ (\w+)\t([\s\S]+)$/.exec(line) ?? [];
    return path === '' ? [] : [{ mode, id, path }];
  });
  if (entries.length > limits.folderFiles) throw tooMany(prefix);
  return entries;
}

/** A folder that holds more than anybody's state. */
export function tooMany(prefix: string): TerminalError {
  const where = prefix === '' ? 'the top folder' : `the folder ${JSON.stringify(prefix)}`;
  const message = `${where} of the repository holds more than ${limits.folderFiles} files, or their names are too long`;
  return new TerminalError('StateInvalid', message, {
    hint: 'Remove from it what is no state, in a commit on the same branch.',
  });
}
