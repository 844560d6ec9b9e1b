import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../support/quayside.js';

let fixture: Fixture;

const permission = '/repository/openshift_e2e-demo/httpd-example/permissions/user/openshift_e2e-demo+default';
const apply = async (...args: readonly string[]) => fixture.run('apply', ...fixture.inputArguments, ...args);
const plan = async (...args: readonly string[]) => fixture.run('plan', ...fixture.inputArguments, ...args);

/** A person pushes an overlay that gives the robot `default` another role. */
async function giveByOverlay(role: string): Promise<void> {
  const clone = fixture.file('clone');
  const git = (...args: readonly string[]): Buffer =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: fixture.folder });
  git('clone', '--quiet', '.quayside/state.git', 'clone');
  await mkdir(join(clone, 'clusters/openshift/overlays'), { recursive: true });
  const text = `spec:\n  robots:\n    - {name: default, role: ${role}}\n`;
  await writeFile(join(clone, 'clusters/openshift/overlays/e2e-demo.yaml'), text);
  git('-C', 'clone', 'add', '--all');
  git('-C', 'clone', 'commit', '--quiet', '--message', 'Write an overlay');
  git('-C', 'clone', 'push', '--quiet');
}

beforeEach(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('e2e-demo'), imageStream('e2e-demo', 'httpd-example'));
  await apply();
});

afterEach(async () => fixture.close());

test('a role that was changed manually is found with --roles, and corrected', async () => {
  await fixture.ask('PUT', permission, { role: 'admin' });
  expect((await plan()).code).toBe(0);
  const { code, stdout } = await plan('--roles');
  expect(code).toBe(2);
  expect(stdout).toContain('httpd-example');
  expect((await apply('--roles')).code).toBe(0);
  expect(await fixture.ask('GET', permission)).toMatchObject({ role: 'read' });
});

test('a role that a document changes is given without being asked to look', async () => {
  await giveByOverlay('write');
  expect((await apply()).code).toBe(0);
  expect(await fixture.ask('GET', permission)).toMatchObject({ role: 'write' });
  expect((await plan('--roles')).code).toBe(0);
});

test('a role that could not be applied is not forgotten', async () => {
  await giveByOverlay('write');
  expect((await apply('--no-roles')).code).toBe(0);
  expect(await fixture.ask('GET', permission)).toMatchObject({ role: 'read' });
  const { code, stdout } = await plan();
  expect(code).toBe(2);
  expect(stdout).toContain('httpd-example');
});
