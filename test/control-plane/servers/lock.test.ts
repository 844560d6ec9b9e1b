import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { whileLocked } from './lock.js';

let file: string;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  file = join(folder, 'not', 'yet', 'there.lock');
});
afterEach(() => rm(folder, { recursive: true }));

test('two runs that want the same work do it one after the other', async () => {
  const steps: string[] = [];
  const waited: number[] = [];
  const work = (name: string) => async (): Promise<void> => {
    steps.push(`${name} begins`);
    await sleep(50);
    steps.push(`${name} ends`);
  };
  await Promise.all([
    whileLocked(file, work('one'), (owner) => waited.push(owner)),
    whileLocked(file, work('two'), (owner) => waited.push(owner)),
  ]);
  const first = steps[0]?.split(' ')[0];
  expect(steps.map((step) => step.startsWith(first ?? ''))).toEqual([true, true, false, false]);
  expect(waited).toEqual([process.pid]);
});

test('the lock of a process that is gone counts as free', async () => {
  await whileLocked(file, async () => undefined);
  await writeFile(file, String(spawnSync('true').pid));
  expect(await whileLocked(file, async () => 'done')).toBe('done');
});

test('work that fails gives the lock back', async () => {
  await expect(whileLocked(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
});
