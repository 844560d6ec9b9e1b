import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { start } from '../support/quayside.js';

let folder: string;
const scripts = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-completion-'));
  await mkdir(join(folder, 'bin'));
  await mkdir(join(folder, 'dump'));
  await writeFile(join(folder, 'dump.yaml'), '');
  await writeFile(
    join(folder, 'bin/kubectl'),
    '#!/bin/sh\n[ "$1 $2" = "config get-contexts" ] && printf "one\\ntwo\\n"\n',
  );
  await chmod(join(folder, 'bin/kubectl'), 0o755);
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await start(['completion', shell], { cwd: folder }).finished;
    scripts.set(shell, stdout);
    await writeFile(join(folder, `completion.${shell}`), stdout);
  }
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

function run(shell: string, script: string): readonly string[] {
  const PATH = `${join(folder, 'bin')}:${process.env.PATH ?? ''}`;
  const said = execFileSync(shell, ['-c', script], { cwd: folder, encoding: 'utf8', env: { PATH, HOME: folder } });
  return said.split('\n').filter(Boolean).sort();
}

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');

/** How each shell is asked what it would propose behind a command line. */
const asking: Readonly<Record<string, (words: readonly string[]) => readonly string[]>> = {
  bash: (words) =>
    run(
      'bash',
      `${scripts.get('bash')}\nCOMP_WORDS=(quayside ${quoted(words)}); COMP_CWORD=${words.length}; _quayside; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ),
  // The function is asked itself: what fills its list is replaced by what prints it.
  zsh: (words) =>
    run(
      'zsh',
      `compdef() { : }; _files() { print -l -- \${words[CURRENT]}*(N) }; compadd() { shift; print -l -- \${(M)@:#\${words[CURRENT]}*} }
${scripts.get('zsh')}\nwords=(quayside ${quoted(words)}); CURRENT=${words.length + 1}; _quayside`,
    ),
  fish: (words) =>
    run('fish', `source completion.fish; complete -C "quayside ${words.join(' ')}"`).map(
      (line) => line.split('\t')[0] ?? '',
    ),
};

const isThere = (shell: string): boolean => {
  try {
    execFileSync(shell, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const expected: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['ex'], ['export']],
  [['plan', '--max'], ['--max-deletions']],
  [['plan', '--output', 'j'], ['json']],
  [
    ['plan', '-o', ''],
    ['json', 'markdown', 'text'],
  ],
  [['apply', '--adoption', 'N'], ['Never']],
  [['run', '--certificates', 'cert'], ['cert-manager']],
  [['run', '--log-level', 'f'], ['fatal']],
  [
    ['doctor', '--context', ''],
    ['one', 'two'],
  ],
  [['completion', 'z'], ['zsh']],
];

describe.each(Object.keys(asking))('M4: completion of %s', (shell) => {
  const ask = asking[shell] ?? (() => []);
  if (!isThere(shell)) {
    test(`M4: ${shell} is not installed here, so its completion is only printed`, () => {
      expect(scripts.get(shell)).toContain('--max-deletions'.slice(2));
    });
    return;
  }

  test.each(expected)(`M4: ${shell} proposes behind %j`, (words, found) => {
    expect(ask(words)).toEqual(found);
  });

  test(`M4: ${shell} proposes files where one is meant, and none where none is`, () => {
    for (const flag of ['--cluster', '-c', '--kubeconfig', '--state']) {
      expect(
        ask(['plan', flag, 'du'])
          .map((name) => name.replace(/\/$/, ''))
          .sort(),
      ).toEqual(['dump', 'dump.yaml']);
    }
    expect(ask(['plan', '--cluster-uid', 'du'])).toEqual([]);
  });
});
