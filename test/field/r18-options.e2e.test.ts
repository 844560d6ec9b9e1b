import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ownershipKey } from '../support/ownership-key.js';
import { project, Fixture } from '../support/quayside.js';
import { refusal } from '../cli/bad-input/refusal.js';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'));
});
afterAll(async () => fixture.close());

test.each([
  [['run', '--grace-period', 'x'], /--grace-period.* 'x' is invalid\. It must be a duration of at most 1h, such as/],
  [['run', '--grace-period', '1000h'], /--grace-period.*a duration of at most 1h/],
  [['run', '--deletion-window', '5'], /--deletion-window.*a duration of at most 24h/],
  [['run', '--deletion-window', '25h'], /--deletion-window.*a duration of at most 24h/],
  [['run', '--workers', '0'], /--workers.*a whole number, 1 to 1000/],
  [['run', '--workers', '1e3'], /--workers.*a whole number, 1 to 1000/],
  [['run', '--calls-per-second', '0'], /--calls-per-second.*a whole number, 1 to 10000/],
  [['certs', '--wait', '9999999h'], /--wait.*a duration of at most 1h/],
  [['apply', '--max-deletions', '99999999999'], /--max-deletions.*a whole number, 0 to 1000000/],
  [['plan', '-c', 'cluster.json', '-i', 'absent'], /no QuayIntegration absent in cluster\.json .*, nor any other/],
])('R18: %j is refused in plain words', async ([command, ...args], expected) => {
  const said = await refusal(fixture, args, { command });
  expect(said).toMatch(expected);
  expect(said).not.toContain('"code"');
});

const onProc = existsSync('/proc/self') ? test : test.skip;

onProc.each([
  [['apply', '-s', '/proc/x'], /error \(NoStateRepository\): \/proc\/x cannot be made/],
  [['plan', '-s', 'file:///proc/x'], /error \(GitRepositoryNotFound\)/],
  [['apply', '-s', '/proc/self/x/y'], /error \(NoStateRepository\): \/proc\/self\/x\/y cannot be made/],
  [['render', '--folder', '/proc/x'], /\/proc\/x: cannot be written: ENOENT/],
])('R18: %j ends, although nothing can be made there', async ([command = '', ...args], expected) => {
  const { code, stderr } = await fixture.run(command, ...fixture.inputArguments, ...args);
  expect(code).toBe(1);
  expect(stderr).toMatch(expected);
});

const program = resolve(import.meta.dirname, '../../bin/quayside.js');
const onFull = existsSync('/dev/full') ? test : test.skip;

onFull.each([
  ['render', true],
  ['plan', true],
  ['diff', true],
  ['--help', false],
  ['plan --help', false],
  ['--version', false],
  ['completion bash', false],
])('R18: %s onto a full disk says so without a stack', async (command, input) => {
  const line = [process.execPath, program, command, ...(input ? fixture.inputArguments : [])].join(' ');
  const env = { ...process.env, QUAYSIDE_QUAY_TOKEN: fixture.token, QUAYSIDE_OWNERSHIP_KEY: ownershipKey };
  const failed = promisify(execFile)('sh', ['-c', `exec ${line} >/dev/full`], { cwd: fixture.folder, env });
  const { code, stderr } = await failed.then(
    () => ({ code: 0, stderr: '' }),
    (error: unknown) => error as { code: number; stderr: string },
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/error \(DiskFull\): the output or a file: there is no space left on the disk\n {2}Make room/);
  expect(stderr).not.toMatch(/^\s+at /m);
});

onFull.each([
  ['apply', 0],
  ['plan --nonsense', 1],
  ['plan -c absent', 1],
])('R18: %s whose errors nobody can read ends as it would', async (command, code) => {
  const line = [process.execPath, program, command, ...fixture.inputArguments].join(' ');
  const env = { ...process.env, QUAYSIDE_QUAY_TOKEN: fixture.token, QUAYSIDE_OWNERSHIP_KEY: ownershipKey };
  const ended = promisify(execFile)('sh', ['-c', `exec ${line} 2>/dev/full`], { cwd: fixture.folder, env });
  expect(
    await ended.then(
      () => 0,
      (error: { code: number }) => error.code,
    ),
  ).toBe(code);
});
