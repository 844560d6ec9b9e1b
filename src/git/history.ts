import { GitFailure, type Git } from './run-git.js';
import type { LogEntry } from './repository.js';

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

/** The newest commits before and with `from`. */
export async function readLog(git: Git, from: string, count: number, path?: string): Promise<readonly LogEntry[]> {
  const format = '--format=%H%x1f%an%x1f%ae%x1f%at%x1f%s%x1f%(trailers:only,unfold)';
  const paths = path === undefined ? [] : ['--', `:(top,literal)${path}`];
  const text = await git.text(['log', '-z', `--max-count=${count}`, format, from, ...paths]);
  return text
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [commit = '', name = '', email = '', time = '', subject = '', trailers = ''] = entry.split('\x1f');
      const lines = trailers.split('\n').flatMap((line): [string, string][] => {
        const [, key = '', value = ''] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
        return key === '' ? [] : [[key, value]];
      });
      return { commit, author: { name, email }, time: Number(time), subject, trailers: new Map(lines) };
    });
}
