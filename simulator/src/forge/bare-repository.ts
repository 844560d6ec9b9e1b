import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitRunner, type GitRunner, type Surroundings } from './git-runner.js';

export interface Person {
  readonly name: string;
  readonly email: string;
}

export const anna: Person = { name: 'Anna', email: 'anna@example.com' };

/** A bare repository as its server sees it, and what people do to it. */
export interface BareRepository {
  readonly folder: string;
  /** The commit of a branch. */
  ref(branch: string): string | undefined;
  /** Commits files on a branch, as a person does who pushes; undefined deletes one. */
  commit(branch: string, files: Readonly<Record<string, string | undefined>>, message?: string, who?: Person): string;
  /** Another commit in the place of the newest, with the author of that. */
  amend(branch: string, files: Readonly<Record<string, string | undefined>>, who?: Person): string;
  move(branch: string, commit: string): void;
  remove(branch: string): void;
  isAncestor(ancestor: string, commit: string): boolean;
  read(commit: string, path: string): string | undefined;
  /** `path` of all files, sorted. */
  files(commit: string): readonly string[];
  subject(commit: string): string;
  parents(commit: string): readonly string[];
  /** A merge, squash or rebase of a branch into another; the new commit of that. */
  merge(base: string, head: string, style: 'merge' | 'squash' | 'rebase' | 'ff', message?: string): string;
  git: GitRunner;
}

/** Makes one in a folder. */
export function bareRepository(surroundings: Surroundings): BareRepository {
  const { folder } = surroundings;
  const run = gitRunner(surroundings);
  return { folder, git: run, ...readerOf(run, folder), ...writerOf(run, folder) };
}

type Reader = Pick<BareRepository, 'ref' | 'isAncestor' | 'read' | 'files' | 'subject' | 'parents'>;

function readerOf(run: GitRunner, folder: string): Reader {
  const attempt = (args: readonly string[]): string | undefined => {
    try {
      return run(args);
    } catch {
      return undefined;
    }
  };
  const parts = (text: string, separator: string): readonly string[] =>
    text.split(separator).filter((part) => part !== '');
  return {
    // A stand-in asks at each request; until somebody packs them, refs are files.
    ref: (branch) =>
      existsSync(join(folder, 'packed-refs'))
        ? attempt(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`])
        : looseRef(join(folder, 'refs', 'heads', branch)),
    isAncestor: (ancestor, commit) => attempt(['merge-base', '--is-ancestor', ancestor, commit]) !== undefined,
    read: (commit, path) => attempt(['cat-file', 'blob', `${commit}:${path}`]),
    files: (commit) => parts(run(['ls-tree', '-r', '--name-only', commit]), '\n'),
    subject: (commit) => run(['log', '-1', '--format=%s', commit]),
    parents: (commit) => parts(run(['log', '-1', '--format=%P', commit]), ' '),
  };
}

function looseRef(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function writerOf(
  run: GitRunner,
  folder: string,
): Pick<BareRepository, 'commit' | 'amend' | 'move' | 'remove' | 'merge'> {
  const { ref, parents } = readerOf(run, folder);
  const move = (branch: string, commit: string): void => void run(['update-ref', `refs/heads/${branch}`, commit]);
  const commitTree = (tree: string, on: readonly string[], message: string, who: Environment): string =>
    run(['commit-tree', tree, ...on.flatMap((parent) => ['-p', parent])], message, who);
  const moved = (branch: string, made: string): string => {
    move(branch, made);
    return made;
  };
  return {
    commit: (branch, files, message = 'Change', who = anna) => {
      const base = ref(branch);
      const tree = treeWith(run, `${folder}/index.${process.hrtime.bigint()}`, { base, files });
      return moved(branch, commitTree(tree, base === undefined ? [] : [base], message, asWho(who)));
    },
    amend: (branch, files, who = anna) => {
      const old = ref(branch) ?? '';
      const [name = '', email = '', message = ''] = run(['log', '-1', '--format=%an%x00%ae%x00%B', old]).split('\0');
      const author = { ...asWho(who), GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email };
      const tree = treeWith(run, `${folder}/index.${process.hrtime.bigint()}`, { base: old, files });
      return moved(branch, commitTree(tree, parents(old), message, author));
    },
    move,
    remove: (branch) => void run(['update-ref', '-d', `refs/heads/${branch}`]),
    merge: (base, head, style, message = 'Merge') => {
      const [onto, from] = [ref(base) ?? '', ref(head) ?? ''];
      if (style === 'ff') return moved(base, from);
      const tree = run(['merge-tree', '--write-tree', onto, from]).split('\n')[0] ?? '';
      return moved(base, commitTree(tree, style === 'merge' ? [onto, from] : [onto], message, asWho(forge)));
    },
  };
}

type Environment = Readonly<Record<string, string>>;

const forge: Person = { name: 'Forge', email: 'noreply@forge.example' };

function asWho({ name, email }: Person): Environment {
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
}

interface Change {
  readonly base: string | undefined;
  readonly files: Readonly<Record<string, string | undefined>>;
}

/** The tree of a commit with files changed, made in an index of its own. */
function treeWith(run: GitRunner, indexFile: string, { base, files }: Change): string {
  const index = { GIT_INDEX_FILE: indexFile };
  run(base === undefined ? ['read-tree', '--empty'] : ['read-tree', base], '', index);
  for (const [path, content] of Object.entries(files)) {
    const id = content === undefined ? undefined : run(['hash-object', '-w', '--stdin'], content);
    // The mode 0 takes an entry out, also where there is no work tree.
    const entry = id === undefined ? `0 ${'0'.repeat(40)}\t${path}\n` : `100644 ${id}\t${path}\n`;
    run(['update-index', '--index-info'], entry, index);
  }
  return run(['write-tree'], '', index);
}
