import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { Fixture, project } from '../support/quayside.js';

let fixture: Fixture;
afterEach(async () => fixture.close());

/** A state repository whose overlay for `shop` says this. */
async function withOverlay(text: string): Promise<void> {
  await fixture.cluster(project('shop'));
  await fixture.run('apply', ...fixture.inputArguments);
  const git = (...args: readonly string[]): Buffer =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: fixture.folder });
  git('clone', '--quiet', '.quayside/state.git', 'clone');
  const folder = join(fixture.file('clone'), 'clusters/openshift/overlays');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'shop.yaml'), text);
  git('-C', 'clone', 'add', '--all');
  git('-C', 'clone', 'commit', '--quiet', '--message', 'Write an overlay');
  git('-C', 'clone', 'push', '--quiet');
}

test.each([
  ['a quota where Quay offers none', 'spec: {quota: {size: 10Gi}}', 'FeatureDisabled', 'quota'],
  ['an expiry that Quay does not take', 'spec: {tagExpiration: 3w}', 'QuayRefused', '0s, 1d, 1w, 2w, 4w'],
  [
    'a team that keeps less than Quay gives it',
    'spec: {teams: [{name: owners, role: member}]}',
    'NameReserved',
    'owners',
  ],
])('R28 plan and apply end with an error for %s, as the operator says it', async (_, overlay, code, words) => {
  fixture = await Fixture.open({ features: { QUOTA_MANAGEMENT: false } });
  await withOverlay(overlay);
  for (const command of ['plan', 'apply', 'plan']) {
    const finished = await fixture.run(command, ...fixture.inputArguments);
    expect(finished).toMatchObject({ code: 1, stderr: expect.stringContaining(`error (${code})`) });
    expect(finished.stdout).toContain(words);
  }
});

test('R28 a plan of documents without a cluster says that it was not read', async () => {
  fixture = await Fixture.open();
  const file = await fixture.write('organization.yaml', {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: 'tools' },
    spec: { integration: 'quay', name: 'tools' },
  });
  const args = ['plan', '-f', file, '--integration', 'integration.yaml', '--cluster-uid', 'some-uid'];
  const { stdout, code } = await fixture.run(...args);
  expect([code, stdout.split('\n')[0]]).toEqual([2, 'Cluster: not read (UID some-uid)']);
});
