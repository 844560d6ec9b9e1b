import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSimulator } from '@quayside/simulator';
import { eventually } from '../support/eventually.js';
import { imageStream, project, Fixture } from '../support/quayside.js';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('alpha'), project('beta'), imageStream('alpha', 'web'));
});

afterEach(async () => fixture.close());

const apply = async (...args: readonly string[]) => fixture.run('apply', ...fixture.inputArguments, ...args);
const plan = async (...args: readonly string[]) => fixture.run('plan', ...fixture.inputArguments, ...args);

/** A person commits a file of the state repository. */
function commit(path: string, text: string): void {
  const git = (...args: readonly string[]): void => {
    const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    execFileSync('git', [...person, ...args], { cwd: fixture.file('clone'), stdio: 'ignore' });
  };
  execFileSync('git', ['clone', '--quiet', '.quayside/state.git', 'clone'], { cwd: fixture.folder });
  mkdirSync(fixture.file(`clone/${path}/..`), { recursive: true });
  writeFileSync(fixture.file(`clone/${path}`), text);
  git('add', '--all');
  git('commit', '--message', `Write ${path}`);
  git('push');
}

test('what was made in one Quay gives no right over another: an edited quayHostname takes nothing over and deletes nothing', async () => {
  await apply();
  const other = await startSimulator();
  const ask = async (method: string, path: string, body?: object) =>
    fetch(`${other.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${other.credentials.superuser ?? ''}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  await ask('POST', '/organization/', { name: 'openshift_beta' });
  await ask('PUT', '/organization/openshift_beta/robots/theirs');
  await fixture.integration({ quayHostname: other.url });
  const environment = { QUAYSIDE_QUAY_TOKEN: other.credentials.superuser ?? '' };
  const moved = await fixture.start(['apply', ...fixture.inputArguments], environment).finished;
  expect(moved.code).toBe(1);
  expect(moved.stdout).toContain('OrganizationNotOurs');
  await fixture.cluster(project('alpha'));
  await fixture.start(['apply', ...fixture.inputArguments, '--max-deletions', '5'], environment).finished;
  expect((await ask('GET', '/organization/openshift_beta')).status).toBe(200);
  await other.close();
});

describe('ignore.yaml', () => {
  const ignore = 'organizations: [openshift_beta]\n';

  test('saves an organization whose deletion was held', async () => {
    await apply();
    await fixture.cluster(project('alpha'));
    await apply();
    commit('clusters/openshift/ignore.yaml', ignore);
    await apply('--max-deletions', '5');
    await fixture.ask('GET', '/organization/openshift_beta');
  });

  test('keeps Quay as it is, too', async () => {
    await apply();
    commit('clusters/openshift/ignore.yaml', ignore);
    await fixture.ask('DELETE', '/organization/openshift_beta/robots/deployer');
    expect((await plan()).stdout).not.toContain('create robot');
  });
});

test('Retain counts even when it is set after the namespace was deleted', async () => {
  await apply();
  await fixture.cluster(project('alpha'));
  expect((await apply()).stdout).toContain('allow it with --max-deletions 1');
  expect((await plan()).code).toBe(2);
  await fixture.integration({ deletionPolicy: 'Retain' });
  await apply('--max-deletions', '5');
  await fixture.ask('GET', '/organization/openshift_beta');
});

test('a dump of some namespaces deletes none of the others, whoever vouches for the cluster', async () => {
  await apply();
  await fixture.write('cluster.json', { apiVersion: 'v1', kind: 'List', items: [project('alpha')] });
  const uid = '5b0f4f7e-2f4d-4c0c-9c3b-0d5f6a7b8c9d';
  await apply('--cluster-uid', uid, '--max-deletions', '5');
  await fixture.ask('GET', '/organization/openshift_beta');
});

describe('documents that somebody names', () => {
  const document = (robots: string) =>
    `apiVersion: quayside.dev/v1alpha1\nkind: QuayOrganization\nmetadata: {name: tools}\nspec:\n  integration: quay\n  name: tools\n  robots: [${robots}]\n`;

  test('are remembered over an ordinary apply, so that what they no longer state is taken back', async () => {
    await fixture.write('tools.yaml', document('{name: old, role: admin}'));
    await apply('-f', 'tools.yaml');
    expect((await apply()).stdout).not.toContain('tools');
    await fixture.write('tools.yaml', document(''));
    expect((await plan('-f', 'tools.yaml')).stdout).toContain('delete robot old');
  });

  test('of another cluster are refused', async () => {
    await apply();
    const stranger = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system', uid: 'another' } };
    await fixture.write('cluster.json', { apiVersion: 'v1', kind: 'List', items: [stranger] });
    await fixture.write('tools.yaml', document(''));
    const { code, stderr } = await apply('-f', 'tools.yaml');
    expect(code).toBe(1);
    expect(stderr).toContain('ClusterChanged');
  });
});

test('two applies at once both end well, and nothing that was made is forgotten', async () => {
  fixture.quay.latency(40);
  const both = [
    fixture.start(['apply', ...fixture.inputArguments]),
    fixture.start(['apply', ...fixture.inputArguments]),
  ];
  for (const { finished } of both) await finished;
  fixture.quay.latency(0);
  expect((await apply()).code).toBe(0);
  await fixture.integration({ serviceAccounts: [{ name: 'builder', role: 'write' }] });
  const { stdout } = await plan();
  expect(stdout).toContain('delete robot default');
  expect(stdout).toContain('delete robot deployer');
});

test('an apply that is interrupted tells what was done, remembers it, and exits 1', async () => {
  fixture.quay.latency(300);
  const running = fixture.start(['apply', ...fixture.inputArguments]);
  await eventually(() => expect(fixture.quay.requests.counts().writes).toBeGreaterThanOrEqual(4));
  running.kill('SIGINT');
  const { code, stdout, stderr } = await running.finished;
  expect(code).toBe(1);
  expect(stderr).toContain('Interrupted');
  expect(stdout).toMatch(/[1-9]\d* of 17 changes done\. [1-9]\d* not done/);
  fixture.quay.latency(0);
  expect((await apply()).code).toBe(0);
  expect((await plan()).code).toBe(0);
});

test('whoever reads only the first line is not answered with a stack', () => {
  const script = `"${process.execPath}" "${new URL('../../bin/quayside.js', import.meta.url).pathname}" render ${fixture.inputArguments.join(' ')} | head -1`;
  expect(execFileSync('bash', ['-c', `${script} 2>&1`], { cwd: fixture.folder, encoding: 'utf8' })).toBe('---\n');
});
