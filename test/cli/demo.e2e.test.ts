import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { start } from '../support/quayside.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-test-'));
});

afterEach(async () => rm(folder, { recursive: true, force: true }));

test('the demo tells its story, exits 0 and leaves nothing behind', async () => {
  const { code, stdout, stderr } = await start(['demo'], { cwd: folder, environment: { TMPDIR: folder } }).finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const words of [
    'openshift_e2e-demo (namespace e2e-demo)',
    '+ create private repository httpd-example',
    'Nothing to do.',
    '+ create robot builder',
    '+ create private repository worker',
    'allow it with --max-deletions 1',
    '- delete the organization with all its images',
    'Remove organization e2e-demo',
  ]) {
    expect(stdout).toContain(words);
  }
  expect(await readdir(folder)).toEqual([]);
});

test('demo --keep leaves a Quay, a cluster and a repository that the other commands work on', async () => {
  const demo = start(['demo', '--keep'], { cwd: folder, environment: { TMPDIR: folder } });
  const line = await demo.line(/^ {2}export (.*)$/m);
  const variables = Object.fromEntries(line.split(' ').map((pair) => pair.split('=') as [string, string]));
  const { CLUSTER = '', INTEGRATION = '', STATE = '', KEY = '', QUAYSIDE_QUAY_TOKEN = '' } = variables;
  const options = ['--cluster', CLUSTER, '--integration', INTEGRATION];
  const run = async (...args: readonly string[]) =>
    start([...args, ...options], { cwd: folder, environment: { QUAYSIDE_QUAY_TOKEN } }).finished;

  expect(await run('plan', '--state', STATE, '--ownership-key', KEY)).toMatchObject({ code: 0, stderr: '' });
  const exported = await run('export', 'openshift_payments');
  expect(exported).toMatchObject({ code: 0, stderr: '' });
  expect(exported.stdout).toContain('name: openshift_payments');
  const doctor = await run('doctor', '--state', STATE);
  expect(doctor).toMatchObject({ code: 0, stderr: '' });
  expect(doctor.stdout).toContain('state repository');

  demo.kill('SIGINT');
  expect(await demo.finished).toMatchObject({ code: 0, stderr: '' });
  expect(await readdir(folder)).toEqual([]);
});

test('demo --registry tells how one resource becomes a registry', async () => {
  const environment = { TMPDIR: folder };
  const { code, stdout, stderr } = await start(['demo', '--registry'], { cwd: folder, environment }).finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const words of [
    'Secret/registry-bundle SERVER_HOSTNAME:',
    'Did you mean FEATURE_MAILING?',
    'secrets.yaml: 10 Secret, mode 0600',
    'restarts its pods: Secret/registry-quay-config-secret changes',
    '+ create Ingress/registry-quay',
    '. release Route/registry-quay',
  ]) {
    expect(stdout).toContain(words);
  }
  expect(await readdir(folder)).toEqual([]);
});

test('demo --review tells how a change is proposed, merged and applied, and another declined', async () => {
  const environment = { TMPDIR: folder };
  const { code, stdout, stderr } = await start(['demo', '--review'], { cwd: folder, environment }).finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const words of [
    // What only adds does not wait.
    '+ create robot ci',
    'Proposed: http://',
    '#1 openshift/quay: ',
    '<!-- quayside: v1 integration=quay',
    'ledger is private in Quay',
    'ledger is public in Quay',
    '#2 openshift/quay: ',
    '(destructive)',
    'Refused; it is not proposed again',
    'openshift_e2e-demo is still in Quay',
    '+ create private repository worker',
  ]) {
    expect(stdout).toContain(words);
  }
  expect(await readdir(folder)).toEqual([]);
});
