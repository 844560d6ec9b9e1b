import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

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
  git(args: readonly string[], input?: string): string;
}

export function bareRepository(folder: string): BareRepository {
  mkdirSync(dirname(folder), { recursive: true });
  const environment = {
    PATH: process.env['PATH'],
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    HOME: folder,
  };
  const run = (args: readonly string[], input = '', more: Readonly<Record<string, string>> = {}): string =>
    execFileSync('git', [...args], {
      cwd: dirname(folder),
      input,
      encoding: 'utf8',
      env: { ...environment, GIT_DIR: folder, ...more },
      stdio: ['pipe', 'pipe', 'pipe'],
    }).trim();
  run(['init', '--bare', '--quiet', '--initial-branch=main', folder]);
  const ref = (branch: string): string | undefined => {
    try {
      return run(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]);
    } catch {
      return undefined;
    }
  };
  const asWho = ({ name, email }: Person): Record<string, string> => ({
    ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email },
  });
  const treeWith = (base: string | undefined, files: Readonly<Record<string, string | undefined>>): string => {
    const index = { GIT_INDEX_FILE: `${folder}/index.${process.hrtime.bigint()}` };
    run(base === undefined ? ['read-tree', '--empty'] : ['read-tree', base], '', index);
    for (const [path, content] of Object.entries(files)) {
      if (content === undefined) run(['update-index', '--force-remove', path], '', index);
      else {
        const id = run(['hash-object', '-w', '--stdin'], content);
        run(['update-index', '--add', '--cacheinfo', `100644,${id},${path}`], '', index);
      }
    }
    return run(['write-tree'], '', index);
  };
  const commitTree = (tree: string, parents: readonly string[], message: string, who: Person): string =>
    run(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])], message, asWho(who));
  const move = (branch: string, commit: string): void => void run(['update-ref', `refs/heads/${branch}`, commit]);
  const parents = (commit: string): readonly string[] =>
    run(['log', '-1', '--format=%P', commit])
      .split(' ')
      .filter((id) => id !== '');
  const mergedTree = (base: string, head: string): string =>
    run(['merge-tree', '--write-tree', base, head]).split('\n')[0] ?? '';
  return {
    folder,
    ref,
    commit: (branch, files, message = 'Change', who = anna) => {
      const base = ref(branch);
      const made = commitTree(treeWith(base, files), base === undefined ? [] : [base], message, who);
      move(branch, made);
      return made;
    },
    amend: (branch, files, who = anna) => {
      const old = ref(branch) ?? '';
      const [name = '', email = '', message = ''] = run(['log', '-1', '--format=%an%x00%ae%x00%B', old]).split('\0');
      const env = { ...asWho(who), GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email };
      const on = parents(old).flatMap((parent) => ['-p', parent]);
      const made = run(['commit-tree', treeWith(old, files), ...on], message, env);
      move(branch, made);
      return made;
    },
    move,
    remove: (branch) => void run(['update-ref', '-d', `refs/heads/${branch}`]),
    isAncestor: (ancestor, commit) => {
      try {
        run(['merge-base', '--is-ancestor', ancestor, commit]);
        return true;
      } catch {
        return false;
      }
    },
    read: (commit, path) => {
      try {
        return run(['cat-file', 'blob', `${commit}:${path}`]);
      } catch {
        return undefined;
      }
    },
    files: (commit) =>
      run(['ls-tree', '-r', '--name-only', commit])
        .split('\n')
        .filter((path) => path !== ''),
    subject: (commit) => run(['log', '-1', '--format=%s', commit]),
    parents,
    merge: (base, head, style, message = 'Merge') => {
      const [onto, from] = [ref(base) ?? '', ref(head) ?? ''];
      const forge: Person = { name: 'Forge', email: 'noreply@forge.example' };
      const made =
        style === 'ff'
          ? from
          : commitTree(mergedTree(onto, from), style === 'merge' ? [onto, from] : [onto], message, forge);
      move(base, made);
      return made;
    },
    git: run,
  };
}
