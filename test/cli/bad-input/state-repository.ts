import { execFileSync } from 'node:child_process';
import { type Fixture } from '../../support/quayside.js';

export const cluster = 'clusters/openshift';

/** What a person puts at a path; `undefined` takes away what is there. */
export type Content = string | { readonly linkTo: string } | undefined;

/** Runs git in the state repository of a scene. */
export function git(fixture: Fixture, args: readonly string[], input = '', folder = '.quayside/state.git'): string {
  return execFileSync('git', args, {
    cwd: fixture.file(folder),
    input,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_DIR: fixture.file(folder),
      GIT_INDEX_FILE: fixture.file('index-of-a-person'),
      GIT_AUTHOR_NAME: 'Mona',
      GIT_AUTHOR_EMAIL: 'mona@example.com',
      GIT_COMMITTER_NAME: 'Mona',
      GIT_COMMITTER_EMAIL: 'mona@example.com',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  }).trim();
}

/** Commits as a person who has a clone would, without one: what the index holds is put together blob by blob. */
export function commit(fixture: Fixture, files: Readonly<Record<string, Content>>, folder?: string): string {
  const run = (args: readonly string[], input?: string): string => git(fixture, args, input, folder);
  const base = head(fixture, folder);
  run(base === undefined ? ['read-tree', '--empty'] : ['read-tree', base]);
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) run(['rm', '--cached', '-q', path]);
    else {
      const [mode, text] = typeof content === 'string' ? ['100644', content] : ['120000', content.linkTo];
      run(['update-index', '--add', '--cacheinfo', `${mode},${run(['hash-object', '-w', '--stdin'], text)},${path}`]);
    }
  }
  const parents = base === undefined ? [] : ['-p', base];
  const made = run(['commit-tree', run(['write-tree']), ...parents, '-m', 'Try something']);
  run(['update-ref', 'refs/heads/main', made]);
  return made;
}

/** The commit that the branch is at; undefined before the first. */
export function head(fixture: Fixture, folder?: string): string | undefined {
  const found = git(fixture, ['for-each-ref', '--format=%(objectname)', 'refs/heads/main'], '', folder);
  return found === '' ? undefined : found;
}
