import { GitFailure, type Git } from '../run/run-git.js';
import { limits } from '../../limits/index.js';
import type { LogEntry, Touch } from '../repository/repository.js';

/** Whether one commit is in the history of another; an unknown one is in none. */
export async function isAncestor(git: Git, ancestor: string, commit: string): Promise<boolean> {
  if (!(await isCommit(git, ancestor))) return false;
  try {
    await git.text(['merge-base', '--is-ancestor', ancestor, commit]);
    return true;
  } catch (error) {
    if (error instanceof GitFailure && error.exitCode === 1) return false;
    throw error;
  }
}

/** Whether an id names a commit that is here. */
export async function isCommit(git: Git, id: string): Promise<boolean> {
  if (!/^[0-9a-f]{40,64}$/.test(id)) return false;
  const [answer = ''] = (await git.text(['cat-file', '--batch-check'], { input: `${id}\n` })).split('\n');
  return answer.split(' ')[1] === 'commit';
}

/** The commits that a commit was made on. */
export async function readParents(git: Git, commit: string): Promise<readonly string[]> {
  if (!(await isCommit(git, commit))) return [];
  const text = await git.text(['log', '--max-count=1', '--format=%P', commit]);
  return text.split(/\s+/).filter((id) => id !== '');
}

const header = '--format=%x1e%H%x1f%an%x1f%ae%x1f%at%x1f%s%x1f%(trailers:only,unfold)';

/** The newest commits before and with `from`. */
export async function readLog(git: Git, from: string, count: number, path?: string): Promise<readonly LogEntry[]> {
  const paths = path === undefined ? [] : ['--', `:(top,literal)${path}`];
  const text = await git.text(['log', '-z', `--max-count=${count}`, header, from, ...paths]);
  return commitsIn(text).map(([entry]) => entry);
}

/** How many commits `readTouches` gives; with as many, there may be more. */
export const mostTouches = limits.gitCommits;

/** The newest commits that touch any of these paths, each with what it did to them. */
export async function readTouches(git: Git, from: string, paths: readonly string[]): Promise<readonly Touch[]> {
  const input = [from, '--', ...paths, ''].join('\n');
  const form = ['--raw', '--no-abbrev', '--no-renames', '--root', header];
  const text = await git.text(['log', '--stdin', '-z', '--topo-order', `--max-count=${mostTouches}`, ...form], {
    input,
    environment: { GIT_LITERAL_PATHSPECS: '1' },
  });
  return commitsIn(text).map(([entry, fields]) => ({ ...entry, files: filesIn(fields) }));
}

/** The commits after one up to and with another, newest first, along the first parents, that change anything in a folder. */
export async function readBetween(
  git: Git,
  from: string,
  to: string,
  { path, most }: { readonly path: string; readonly most: number },
): Promise<readonly string[]> {
  const paths = path === '' ? [] : ['--', `:(top,literal)${path}`];
  const text = await git.text(['rev-list', '--first-parent', `--max-count=${most}`, `${from}..${to}`, ...paths]);
  return text.split('\n').filter((id) => id !== '');
}

function commitsIn(text: string): readonly (readonly [LogEntry, readonly string[]])[] {
  return text.split('\x1e').flatMap((chunk) => {
    const [first = '', ...fields] = chunk.split('\0');
    const [commit = '', name = '', email = '', time = '', subject = '', trailers = ''] = first.split('\x1f');
    if (!/^[0-9a-f]{40,64}$/.test(commit)) return [];
    const entry = { commit, author: { name, email }, time: Number(time), subject, trailers: trailersIn(trailers) };
    return [[entry, fields] as const];
  });
}

function trailersIn(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').map((line) => /^([\w-]+):(.*)$/s.exec(line));
  return new Map(
    lines.flatMap((match): [string, string][] =>
      match === null ? [] : [[match[1] ?? '', (match[2] ?? '').trimStart()]],
    ),
  );
}

/** Fields come in pairs: `:mode mode id id letter`, and the path. */
function filesIn(fields: readonly string[]): Touch['files'] {
  const known = (id: string): string | undefined => (/^0+$/.test(id) ? undefined : id);
  const pairs = fields.flatMap((field, index): [string, { before?: string; after?: string }][] => {
    const [, before = '', after = ''] = /^\n?:\d+ \d+ (\w+) (\w+) \w/.exec(field) ?? [];
    return before === '' ? [] : [[fields[index + 1] ?? '', { before: known(before), after: known(after) }]];
  });
  return new Map(pairs);
}
