import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { syncLabel } from '../../src/api/index.js';
import { Fixture, imageStream, project } from '../support/quayside.js';

const overlay = [
  'spec:',
  '  teams: [{name: testers}, {name: auditors}]',
  '  robots: [{name: scanner}]',
  '  quota: {size: 10Gi}',
  '  autoPrune: [{numberOfTags: 5}]',
].join('\n');
const mirrored = [
  'spec:',
  '  repositories:',
  '    - name: tools',
  '      mirror: {externalReference: registry.example.com/tools, robot: builder, tags: ["*"], username: ci, passwordSecretRef: {name: mirror, key: password}}',
].join('\n');

let fixture: Fixture;
let applied: string;

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: fixture.folder,
    encoding: 'utf8',
  });

/** A person pushes an overlay, or takes it away. */
async function push(text: string | undefined): Promise<void> {
  const folder = fixture.file('clone');
  git('-C', folder, 'pull', '--quiet');
  const file = join(folder, 'clusters/openshift/overlays/shop.yaml');
  await mkdir(join(file, '..'), { recursive: true });
  if (text === undefined) git('-C', folder, 'rm', '--quiet', file);
  else await writeFile(file, text);
  git('-C', folder, 'add', '--all');
  git('-C', folder, 'commit', '--quiet', '--allow-empty', '--message', 'Edit the overlay');
  git('-C', folder, 'push', '--quiet');
}

/** The object of an organization as an operator leaves it that did what the last apply did. */
function objectOf(name: string, ready = true): object {
  const { document, inventory } = JSON.parse(
    git('-C', '.quayside/state.git', 'show', `${applied}:organizations/${name}.json`),
  ) as { document: { metadata: { name: string; labels: object } }; inventory: Record<string, unknown> };
  const { origin, managedItems, secretHashes, ownership } = inventory;
  return {
    ...document,
    metadata: { ...document.metadata, generation: 3, labels: { ...document.metadata.labels, [syncLabel]: 'quay' } },
    status: {
      observedGeneration: 3,
      conditions: [condition(ready)],
      registry: new URL(fixture.quay.url).host,
      origin,
      inventory: managedItems,
      ownership,
      ...(secretHashes !== undefined && { secretHashes }),
    },
  };
}

const condition = (ready: boolean): object => ({
  type: 'Ready',
  status: String(ready).replace('t', 'T').replace('f', 'F'),
  reason: ready ? 'Synced' : 'Progressing',
  message: '',
  lastTransitionTime: '2026-01-01T00:00:00Z',
});

/** Applies what the overlay states, then forgets that this was done here: an operator elsewhere might have. */
async function applyElsewhere(text: string): Promise<void> {
  await fixture.run('apply', ...fixture.inputArguments);
  git('clone', '--quiet', '.quayside/state.git', 'clone');
  await push(text);
  expect(await fixture.run('apply', ...fixture.inputArguments)).toMatchObject({ code: 0, stderr: '' });
  const ref = git('-C', '.quayside/state.git', 'for-each-ref', '--format=%(refname)', 'refs/quayside/applied').trim();
  applied = git('-C', '.quayside/state.git', 'rev-parse', ref).trim();
  git('-C', '.quayside/state.git', 'update-ref', '-d', ref);
}

const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 'mirror',
    namespace: 'quayside',
    labels: { 'quayside.dev/document-secret': 'true' },
    annotations: { 'quayside.dev/organizations': 'openshift_*', 'quayside.dev/uses': 'mirror' },
  },
  data: { password: Buffer.from('tulip').toString('base64') },
};
const things = [project('shop'), imageStream('shop', 'web'), secret];
const plan = async (...args: readonly string[]) => fixture.run('plan', ...fixture.inputArguments, ...args);

beforeEach(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(...things);
});
afterEach(async () => fixture.close());

test('R21 a plan beside an operator shows what it will remove once an overlay is taken away', async () => {
  await applyElsewhere(overlay);
  await fixture.cluster(...things, objectOf('openshift_shop'));
  expect(await plan()).toMatchObject({ code: 0, stderr: '' });
  await push(undefined);
  const { code, stdout } = await plan();
  expect(code).toBe(2);
  for (const words of ['delete team auditors', 'delete team testers', 'delete robot scanner', 'remove the quota'])
    expect(stdout).toContain(words);
  expect(stdout).toContain('no longer prune tags');
  expect(stdout).not.toContain('not known');
});

test('R21 a plan beside an operator shows no secret as changed that the operator wrote', async () => {
  await applyElsewhere(mirrored);
  await fixture.cluster(...things, objectOf('openshift_shop'));
  expect(await plan()).toMatchObject({ code: 0, stderr: '' });
  // A sibling: another password is shown, whoever wrote the last one.
  const data = { password: Buffer.from('rose').toString('base64') };
  await fixture.cluster(...things.slice(0, 2), { ...secret, data }, objectOf('openshift_shop'));
  const changed = await plan();
  expect(changed).toMatchObject({ code: 2, stderr: '' });
  expect(changed.stdout).toContain('password');
});

test('R21 an organization whose document was taken away is in the plan, as an operator that deletes its object sees it', async () => {
  await applyElsewhere(overlay);
  await fixture.cluster(secret, objectOf('openshift_shop'));
  expect((await plan()).stdout).toContain('the deletion of 1 organization');
  // One that no built-in sync applied is somebody's own.
  const { metadata, ...own } = objectOf('openshift_shop') as { metadata: { labels: Record<string, string> } };
  const { [syncLabel]: _, ...labels } = metadata.labels;
  await fixture.cluster(secret, { ...own, metadata: { ...metadata, labels } });
  expect((await plan()).stdout).not.toContain('deletion');
});

test('R21 a plan that knows nothing of what was made says so, in every format', async () => {
  await applyElsewhere(overlay);
  await push(undefined);
  const { stdout } = await plan();
  expect(stdout).toContain('Removals are not known for 1 organization (openshift_shop)');
  expect(stdout).toContain('oc get quayorganizations');
  expect((await plan('-o', 'markdown')).stdout).toContain('Removals are not known');
  const { removalsUnknown } = JSON.parse((await plan('-o', 'json')).stdout) as { removalsUnknown: object };
  expect(removalsUnknown).toMatchObject({ organizations: ['openshift_shop'] });
  // What an operator did in another registry says nothing about this one.
  const object = objectOf('openshift_shop') as { status: object };
  await fixture.cluster(...things, { ...object, status: { ...object.status, registry: 'elsewhere.example.com' } });
  expect((await plan()).stdout).toContain('Removals are not known');
});

test('R21 a first plan has nothing to remove, and says nothing of that', async () => {
  expect((await plan()).stdout).not.toContain('not known');
});
