import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from '@jest/globals';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster } from '../fixtures/operator/cluster.js';
import { byHand, git, head, writeState } from '../fixtures/operator/people.js';
import { start } from '../support/quayside.js';

let cluster: Cluster;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
beforeEach(async () => {
  harness = await Harness.open(cluster, { spec: { repositoryDeletionPolicy: 'Delete' } });
  await harness.projects(['a'], ['web', 'api']);
  await harness.ready(['a']);
});
afterEach(async () => harness.close());
afterAll(async () => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const organization = (): string => `/organization/${harness.organization('a')}`;
const repositories = async (): Promise<readonly string[]> => {
  const path = `/repository?namespace=${harness.organization('a')}`;
  const answer = await harness.ask<{ repositories: readonly { name: string }[] }>('GET', path);
  return answer.repositories.map(({ name }) => name).sort();
};
const teams = async (): Promise<readonly string[]> => {
  const answer = await harness.ask<{ teams: Record<string, unknown> }>('GET', organization());
  return Object.keys(answer.teams).sort();
};
const streamGone = (name: string): Promise<void> => cluster.delete('imagestream', name, '-n', harness.namespace('a'));

test('an image stream that is deleted takes its repository along where the integration says so, and no other', async () => {
  await harness.ask('POST', '/repository', {
    repository: 'by-hand',
    namespace: harness.organization('a'),
    visibility: 'private',
    description: '',
    repo_kind: 'image',
  });
  await streamGone('web');
  await until(async () => expect(await repositories()).toEqual(['api', 'by-hand']));
  expect(harness.deletes()).toEqual([`/api/v1/repository/${harness.organization('a')}/web`]);
});

test('a repository stays without the deletion policy', async () => {
  await harness.edit({ repositoryDeletionPolicy: 'Retain' });
  await until(async () => expect((await harness.object('a')).spec.repositoryDeletionPolicy).toBe('Retain'));
  await streamGone('web');
  await until(async () => expect((await harness.object('a')).spec.repositories).toHaveLength(1));
  await harness.ready(['a']);
  expect(await repositories()).toEqual(['api', 'web']);
  expect(harness.deletes()).toEqual([]);
});

test('a revert in Git while the stream lives deletes nothing, and is respected until the input changes', async () => {
  const before = head(harness);
  await cluster.create({
    apiVersion: 'image.openshift.io/v1',
    kind: 'ImageStream',
    metadata: { name: 'late', namespace: harness.namespace('a') },
    spec: { lookupPolicy: { local: false } },
  });
  await until(async () => expect(await repositories()).toContain('late'));
  await until(() => expect(head(harness)).not.toBe(before));
  const written = head(harness);
  await byHand(
    harness,
    (clone) => {
      git(clone, 'revert', '--no-commit', written);
    },
    `Revert "${git(harness.remote, 'log', '-1', '--format=%s', written)}"\n\nThis reverts commit ${written}.`,
  );
  const reverted = head(harness);
  await until(async () => expect((await harness.integration()).status?.lastAppliedCommit).toBe(reverted));
  await until(async () => expect((await harness.object('a')).spec.repositories).toHaveLength(2));
  // Something else shows that the operator goes on meanwhile.
  await harness.projects(['b'], ['web']);
  await harness.ready(['b']);
  expect(await repositories()).toContain('late');
  expect(harness.deletes()).toEqual([]);
  expect(
    git(harness.remote, 'show', `main:clusters/${harness.id}/organizations/${harness.namespace('a')}.yaml`),
  ).not.toContain('late');
});

test('what an overlay adds appears, and goes with it where we made it, and stays where it was there', async () => {
  await harness.ask('PUT', `${organization()}/team/found`, { role: 'member' });
  const overlay =
    'metadata: {annotations: {note: here}}\nspec:\n  teams:\n    - {name: made}\n    - {name: found}\n  quota: {size: 10Gi}\n';
  await writeState(harness, `overlays/${harness.namespace('a')}.yaml`, overlay);
  await until(async () => expect(await teams()).toEqual(['found', 'made', 'owners', 'quayside']));
  await until(async () => expect(await harness.ask('GET', `${organization()}/quota`)).toHaveLength(1));
  expect((await harness.object('a')).metadata.annotations).toMatchObject({ note: 'here' });
  await writeState(harness, `overlays/${harness.namespace('a')}.yaml`, 'metadata: {annotations: {note: here}}\n');
  await until(async () => expect(await teams()).toEqual(['found', 'owners', 'quayside']));
  await until(async () => expect(await harness.ask('GET', `${organization()}/quota`)).toEqual([]));
  await writeState(harness, `overlays/${harness.namespace('a')}.yaml`, '# nothing any more\n');
  await until(async () => expect((await harness.object('a')).metadata.annotations ?? {}).not.toHaveProperty('note'));
});

test('an overlay that changes a protected field is reported at the integration, and the rest goes on', async () => {
  await writeState(harness, `overlays/${harness.namespace('a')}.yaml`, 'spec: {name: somebody-elses}\n');
  await until(async () => {
    const { conditions = [] } = (await harness.integration()).status ?? {};
    const told = conditions.find(({ message }) => message.includes(`overlays/${harness.namespace('a')}.yaml`));
    expect(told).toMatchObject({
      status: 'True',
      reason: expect.stringMatching('OverlayInvalid|StateInvalid') as unknown,
    });
  });
  await harness.projects(['b']);
  await harness.ready(['b']);
  expect(harness.organizations()).not.toContain('somebody-elses');
});

test('a label that the API server refuses is reported at the integration, and keeps no other project waiting', async () => {
  await writeState(harness, `overlays/${harness.namespace('a')}.yaml`, 'metadata: {labels: {team: "R&D"}}\n');
  await until(async () => {
    const told = await harness.condition('StateInvalid');
    expect(told.message).toContain(harness.namespace('a'));
  });
  await harness.projects(['b']);
  await harness.ready(['b']);
  await until(async () => expect(await harness.condition('Ready')).toMatchObject({ status: 'True' }));
});

test("a person's document in the state is applied, and never deleted", async () => {
  const document = [
    'apiVersion: quayside.dev/v1alpha1',
    'kind: QuayOrganization',
    `metadata: {name: ${harness.id}-tools}`,
    'spec:',
    `  integration: ${harness.id}`,
    `  name: ${harness.id}-tools`,
    '  repositories: [{name: ci, visibility: public}]',
  ].join('\n');
  await writeState(harness, 'organizations/tools.yaml', `${document}\n`);
  await until(async () => {
    expect(await harness.ask('GET', `/repository/${harness.id}-tools/ci`)).toMatchObject({ is_public: true });
  });
  await byHand(harness, (clone) => git(clone, 'rm', '--quiet', `clusters/${harness.id}/organizations/tools.yaml`));
  const path = `/apis/quayside.dev/v1alpha1/quayorganizations/${harness.id}-tools`;
  await until(async () => expect(await cluster.has(path)).toBe(false));
  expect(harness.organizations()).toContain(`${harness.id}-tools`);
  expect(harness.deletes()).toEqual([]);
});

test('R21 quayside plan shows what the operator will remove, by what the objects of the live cluster say', async () => {
  const overlay = `overlays/${harness.namespace('a')}.yaml`;
  await writeState(harness, overlay, 'spec:\n  teams: [{name: made}]\n  quota: {size: 10Gi}\n');
  await until(async () => expect(await teams()).toContain('made'));
  await until(async () => expect(await harness.ask('GET', `${organization()}/quota`)).toHaveLength(1));
  await harness.ready(['a']);
  // The last test: an operator at work would be faster than the plan.
  await cluster.stopOperators();
  await writeState(harness, overlay, '# nothing any more\n');
  const { kubeconfig } = cluster.plane;
  const args = ['plan', '--kubeconfig', kubeconfig, '--namespace', 'quayside', '--integration', harness.id];
  const { stdout, stderr } = await start(args, { cwd: cluster.folder }).finished;
  expect(stderr).toBe('');
  expect(stdout).toContain('delete team made');
  expect(stdout).toContain('remove the quota');
});
