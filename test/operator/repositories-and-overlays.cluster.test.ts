import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from '@jest/globals';
import { Bridge } from './harness.js';
import { Cluster } from './cluster.js';
import { byHand, git, head, writeState } from './people.js';

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
beforeEach(async () => {
  bridge = await Bridge.open(cluster, { spec: { repositoryDeletionPolicy: 'Delete' } });
  await bridge.projects(['a'], ['web', 'api']);
  await bridge.ready(['a']);
});
afterEach(async () => bridge.close());
afterAll(async () => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const organization = (): string => `/organization/${bridge.organization('a')}`;
const repositories = async (): Promise<readonly string[]> => {
  const path = `/repository?namespace=${bridge.organization('a')}`;
  const answer = await bridge.ask<{ repositories: readonly { name: string }[] }>('GET', path);
  return answer.repositories.map(({ name }) => name).sort();
};
const teams = async (): Promise<readonly string[]> => {
  const answer = await bridge.ask<{ teams: Record<string, unknown> }>('GET', organization());
  return Object.keys(answer.teams).sort();
};
const streamGone = (name: string): Promise<void> => cluster.delete('imagestream', name, '-n', bridge.namespace('a'));

test('an image stream that is deleted takes its repository along where the integration says so, and no other', async () => {
  await bridge.ask('POST', '/repository', {
    repository: 'by-hand',
    namespace: bridge.organization('a'),
    visibility: 'private',
    description: '',
    repo_kind: 'image',
  });
  await streamGone('web');
  await until(async () => expect(await repositories()).toEqual(['api', 'by-hand']));
  expect(bridge.deletes()).toEqual([`/api/v1/repository/${bridge.organization('a')}/web`]);
});

test('without that policy it stays', async () => {
  await bridge.edit({ repositoryDeletionPolicy: 'Retain' });
  await until(async () => expect((await bridge.object('a')).spec.repositoryDeletionPolicy).toBe('Retain'));
  await streamGone('web');
  await until(async () => expect((await bridge.object('a')).spec.repositories).toHaveLength(1));
  await bridge.ready(['a']);
  expect(await repositories()).toEqual(['api', 'web']);
  expect(bridge.deletes()).toEqual([]);
});

test('a revert in Git while the stream lives deletes nothing, and is respected until the input changes', async () => {
  const before = head(bridge);
  await cluster.create({
    apiVersion: 'image.openshift.io/v1',
    kind: 'ImageStream',
    metadata: { name: 'late', namespace: bridge.namespace('a') },
    spec: { lookupPolicy: { local: false } },
  });
  await until(async () => expect(await repositories()).toContain('late'));
  await until(() => expect(head(bridge)).not.toBe(before));
  const written = head(bridge);
  await byHand(
    bridge,
    (clone) => {
      git(clone, 'revert', '--no-commit', written);
    },
    `Revert "${git(bridge.remote, 'log', '-1', '--format=%s', written)}"\n\nThis reverts commit ${written}.`,
  );
  const reverted = head(bridge);
  await until(async () => expect((await bridge.integration()).status?.lastAppliedCommit).toBe(reverted));
  await until(async () => expect((await bridge.object('a')).spec.repositories).toHaveLength(2));
  // Something else shows that the operator goes on meanwhile.
  await bridge.projects(['b'], ['web']);
  await bridge.ready(['b']);
  expect(await repositories()).toContain('late');
  expect(bridge.deletes()).toEqual([]);
  expect(
    git(bridge.remote, 'show', `main:clusters/${bridge.id}/organizations/${bridge.namespace('a')}.yaml`),
  ).not.toContain('late');
});

test('what an overlay adds appears, and goes with it where we made it, and stays where it was there', async () => {
  await bridge.ask('PUT', `${organization()}/team/found`, { role: 'member' });
  const overlay =
    'metadata: {annotations: {note: here}}\nspec:\n  teams:\n    - {name: made}\n    - {name: found}\n  quota: {size: 10Gi}\n';
  await writeState(bridge, `overlays/${bridge.namespace('a')}.yaml`, overlay);
  await until(async () => expect(await teams()).toEqual(['found', 'made', 'owners', 'quayside']));
  await until(async () => expect(await bridge.ask('GET', `${organization()}/quota`)).toHaveLength(1));
  expect((await bridge.object('a')).metadata.annotations).toMatchObject({ note: 'here' });
  await writeState(bridge, `overlays/${bridge.namespace('a')}.yaml`, 'metadata: {annotations: {note: here}}\n');
  await until(async () => expect(await teams()).toEqual(['found', 'owners', 'quayside']));
  await until(async () => expect(await bridge.ask('GET', `${organization()}/quota`)).toEqual([]));
  await writeState(bridge, `overlays/${bridge.namespace('a')}.yaml`, '# nothing any more\n');
  await until(async () => expect((await bridge.object('a')).metadata.annotations ?? {}).not.toHaveProperty('note'));
});

test('an overlay that says what it may not is told at the integration, and the rest goes on', async () => {
  await writeState(bridge, `overlays/${bridge.namespace('a')}.yaml`, 'spec: {name: somebody-elses}\n');
  await until(async () => {
    const { conditions = [] } = (await bridge.integration()).status ?? {};
    const told = conditions.find(({ message }) => message.includes(`overlays/${bridge.namespace('a')}.yaml`));
    expect(told).toMatchObject({
      status: 'True',
      reason: expect.stringMatching('OverlayInvalid|StateInvalid') as unknown,
    });
  });
  await bridge.projects(['b']);
  await bridge.ready(['b']);
  expect(bridge.organizations()).not.toContain('somebody-elses');
});

test('a label that the API server refuses is told at the integration, and keeps no other project waiting', async () => {
  await writeState(bridge, `overlays/${bridge.namespace('a')}.yaml`, 'metadata: {labels: {team: "R&D"}}\n');
  await until(async () => {
    const told = await bridge.condition('StateInvalid');
    expect(told.message).toContain(bridge.namespace('a'));
  });
  await bridge.projects(['b']);
  await bridge.ready(['b']);
  await until(async () => expect(await bridge.condition('Ready')).toMatchObject({ status: 'True' }));
});

test("a person's document in the state is applied, and never deleted", async () => {
  const document = [
    'apiVersion: quayside.dev/v1alpha1',
    'kind: QuayOrganization',
    `metadata: {name: ${bridge.id}-tools}`,
    'spec:',
    `  integration: ${bridge.id}`,
    `  name: ${bridge.id}-tools`,
    '  repositories: [{name: ci, visibility: public}]',
  ].join('\n');
  await writeState(bridge, 'organizations/tools.yaml', `${document}\n`);
  await until(async () => {
    expect(await bridge.ask('GET', `/repository/${bridge.id}-tools/ci`)).toMatchObject({ is_public: true });
  });
  await byHand(bridge, (clone) => git(clone, 'rm', '--quiet', `clusters/${bridge.id}/organizations/tools.yaml`));
  const path = `/apis/quayside.dev/v1alpha1/quayorganizations/${bridge.id}-tools`;
  await until(async () => expect(await cluster.has(path)).toBe(false));
  expect(bridge.organizations()).toContain(`${bridge.id}-tools`);
  expect(bridge.deletes()).toEqual([]);
});
