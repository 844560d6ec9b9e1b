import { execFileSync } from 'node:child_process';

/** What a path of the state repository holds: the mode and the id as git has them. */
export type Tree = ReadonlyMap<string, { readonly mode: string; readonly id: string }>;

/** A bare repository, changed as somebody would who has a clone, and much faster. */
export interface BareState {
  readonly tree: (commit?: string) => Tree;
  readonly text: (path: string) => Buffer;
  readonly blob: (content: string | Buffer) => string;
  readonly commit: (tree: Tree) => string;
  readonly reset: () => void;
}

/** The repository in a folder; `reset` sets all its refs to what they are now. */
export function bareState(folder: string): BareState {
  const run = (args: readonly string[], input: string | Buffer = ''): Buffer =>
    execFileSync('git', args, {
      cwd: folder,
      input,
      env: { ...person, GIT_DIR: folder, GIT_INDEX_FILE: `${folder}-index` },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  const said = (args: readonly string[], input?: string | Buffer): string => run(args, input).toString().trim();
  const refs = said(['for-each-ref', '--format=update %(refname) %(objectname)']);
  return {
    tree: (commit = 'main') =>
      new Map(
        run(['ls-tree', '-r', '-z', commit])
          .toString()
          .split('\0')
          .filter(Boolean)
          .map((line) => {
            const [, mode = '', id = '', path = ''] = /^(\d+) \w+ (\w+)\t(.+)$/s.exec(line) ?? [];
            return [path, { mode, id }];
          }),
      ),
    text: (path) => run(['cat-file', 'blob', `main:${path}`]),
    blob: (content) => said(['hash-object', '-w', '--stdin'], content),
    commit: (tree) =>
      // One process, where index, tree, commit and ref are one each.
      said(
        ['fast-import', '--quiet', '--date-format=now'],
        [
          'commit refs/heads/main\nmark :1\ncommitter Mona <mona@example.com> now\ndata 16\nDamage something',
          'from refs/heads/main^0\ndeleteall',
          ...[...tree].map(([path, { mode, id }]) => `M ${mode} ${id} ${quoted(path)}`),
          'get-mark :1\n',
        ].join('\n'),
      ),
    reset: () => void run(['update-ref', '--stdin'], `${refs}\n`),
  };
}

const quoted = (path: string): string => `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;

const person = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Mona',
  GIT_AUTHOR_EMAIL: 'mona@example.com',
  GIT_COMMITTER_NAME: 'Mona',
  GIT_COMMITTER_EMAIL: 'mona@example.com',
};
