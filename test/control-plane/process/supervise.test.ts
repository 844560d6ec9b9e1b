import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.js';
import { supervise, type Supervisor } from './supervise.js';

let folder: string;
let supervisor: Supervisor;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supervise-'));
  supervisor = supervise(folder);
});
afterEach(async () => {
  await supervisor.close();
  await rm(folder, { recursive: true, force: true });
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const shell = (name: string, script: string) => ({
  name,
  command: 'sh',
  args: ['-c', script],
  log: join(folder, name),
});

test('a program is ended by itself, and the others go on', async () => {
  const one = await supervisor.run(shell('one', 'exec sleep 60'));
  const other = await supervisor.run(shell('other', 'exec sleep 60'));
  await one.end();
  expect(await one.ended).toBe('SIGKILL');
  expect([isAlive(one.pid), isAlive(other.pid)]).toEqual([false, true]);
});

test('a program that ended says why, its output stays in its log, and its name is free again', async () => {
  const first = await supervisor.run(shell('again', 'echo one; exit 3'));
  expect(await first.ended).toBe('exit code 3');
  const second = await supervisor.run(shell('again', 'echo two >&2; exit 4'));
  expect(await second.ended).toBe('exit code 4');
  expect(await readFile(join(folder, 'again'), 'utf8')).toBe('one\ntwo\n');
});

test('a program that does not exist is reported', async () => {
  const missing = { name: 'missing', command: join(folder, 'nothing'), args: [], log: join(folder, 'log') };
  await expect(supervisor.run(missing)).rejects.toThrow('missing cannot be started');
});

test('closing ends all programs and removes the folder', async () => {
  const one = await supervisor.run(shell('one', 'exec sleep 60'));
  await supervisor.close();
  expect(isAlive(one.pid)).toBe(false);
  expect(existsSync(folder)).toBe(false);
});

test('a supervisor whose parent is killed leaves nothing behind', async () => {
  const theirs = await mkdtemp(join(tmpdir(), 'supervise-'));
  const script = `
    import { supervise } from ${JSON.stringify(join(import.meta.dirname, 'supervise.ts'))};
    const program = { name: 'one', command: 'sleep', args: ['60'], log: ${JSON.stringify(join(theirs, 'log'))} };
    console.log((await supervise(${JSON.stringify(theirs)}).run(program)).pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await eventually(() => {
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(theirs)).toBe(false);
  });
});
