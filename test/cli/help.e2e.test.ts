import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { start } from '../support/quayside.js';

/** The lines of a description that end in a sentence, although the next word had room. */
function brokenOff(help: string): readonly string[] {
  const [, description = ''] = /^Usage: .*\n\n([^]*?)\n\n(?:Arguments|Options):/.exec(help) ?? [];
  const lines = description.split('\n');
  return lines.slice(0, -1).filter((line, at) => {
    const [next = ''] = lines[at + 1]?.split(' ') ?? [];
    return line !== '' && next !== '' && !/[.;:]$/.test(line) && line.length + 1 + next.length < 80;
  });
}

const run = async (...args: readonly string[]) => start(args, { cwd: tmpdir() }).finished;

const commands = [
  'render',
  'plan',
  'diff',
  'propose',
  'apply',
  'export',
  'doctor',
  'simulate',
  'demo',
  'certs',
  'ownership',
  'registry',
  'release',
  'webhook',
  'completion',
];

describe('help', () => {
  test('names every command, the environment and the exit codes', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    for (const word of [...commands, 'QUAYSIDE_QUAY_TOKEN', 'Exit codes']) expect(stdout).toContain(word);
  });

  test.each(commands)('%s explains itself with an example', async (command) => {
    const { code, stdout } = await run(command, '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Example:\\n.*quayside ${command}`));
    expect(brokenOff(stdout)).toEqual([]);
    expect(stdout).not.toMatch(/default: (?:false|\[\])|display help/);
  });

  test('a command that does not exist exits 1 and suggests one', async () => {
    const { code, stderr } = await run('pan');
    expect(code).toBe(1);
    expect(stderr).toContain('plan');
  });

  test('an old Node is told which one is needed', async () => {
    const { stderr } = await start([], { cwd: tmpdir(), node: ['-e', oldNode] }).finished;
    expect(stderr).toMatch(/needs Node 22\.19 or newer, and this is Node 20\.1\.0/);
  });
});

const oldNode = `Object.defineProperty(process.versions, 'node', { value: '20.1.0' }); import(process.argv[1])`;

describe('completion', () => {
  test('bash completes commands, options and the values of options', async () => {
    const { stdout } = await run('completion', 'bash');
    const complete = (...words: readonly string[]): string[] => {
      const script = `${stdout}\nCOMP_WORDS=(quayside ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _quayside; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
    };
    expect(complete('ex')).toEqual(['export']);
    expect(complete('plan', '--max')).toEqual(['--max-deletions']);
    expect(complete('plan', '--output', 'j')).toEqual(['json']);
    expect(complete('completion', 'z')).toEqual(['zsh']);
    expect(complete('registry', 're')).toEqual(['render']);
    expect(complete('registry', 'check', '--offers', 'o')).toEqual(['openshift']);
  });

  test.each(['bash', 'zsh', 'fish'])('%s gets a script that names every command', async (shell) => {
    const { code, stdout } = await run('completion', shell);
    expect(code).toBe(0);
    for (const command of commands) expect(stdout).toContain(command);
  });

  test('another shell is refused with those there are', async () => {
    const { code, stderr } = await run('completion', 'csh');
    expect(code).toBe(1);
    expect(stderr).toContain('bash, zsh, fish');
  });
});
