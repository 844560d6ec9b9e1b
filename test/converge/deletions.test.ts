import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClusterFacts, ConvergeInput, WriteIntent } from '../../src/converge/index.js';
import { nothingMore } from '../../src/quay/index.js';
import { document, integration, openPlayground, type Playground } from '../fixtures/playground.js';

const organization = 'openshift_demo';
const demo = document('demo', ['httpd-example']);

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground();
  await playground.converge([demo]);
  playground.simulator.requests.reset();
});
afterEach(() => playground.close());

const facts = (more: Partial<ClusterFacts> = {}): { readonly facts: ClusterFacts } => ({
  facts: {
    namespace: () => 'Gone',
    imageStream: () => 'No',
    selectedByLists: () => 'Yes',
    selectedByLabels: () => 'Yes',
    integration: () => 'Yes',
    ...more,
  },
});
const deletions = (limit: number, releasedHash?: string): Pick<ConvergeInput, 'deletions'> => {
  const allowance = { limit, recent: [], now: 0, ...(releasedHash === undefined ? {} : { releasedHash }) };
  return { deletions: { organizations: allowance, repositories: allowance } };
};
/** A fact that is another one when it is read again. */
const firstThen = <T>(first: T, then: T): (() => T) => {
  const left = [first];
  return () => left.pop() ?? then;
};
const exists = async (): Promise<boolean> =>
  (await playground.quay.observe(organization, nothingMore)).state !== 'Absent';

describe('an organization whose namespace is gone', () => {
  test('is deleted when every fact agrees, and its deletion is written down before', async () => {
    const written: string[] = [];
    const beforeWrite = async (intent: WriteIntent): Promise<void> => {
      if (intent.type !== 'Delete') return;
      const { kind, names } = intent;
      expect(await exists()).toBe(true);
      written.push(`${kind}: ${names.join()}`);
    };
    const changes = await playground.converge([], { gone: [demo], ...facts(), beforeWrite });
    expect(changes.organizations[0]).toMatchObject({ decision: 'Gone', deletion: { outcome: 'Delete' } });
    expect(await exists()).toBe(false);
    expect(written).toEqual([`organizations: ${organization}`]);
  });

  const kept: [string, string, string, Partial<ConvergeInput>][] = [
    ['its namespace is back', 'Release', 'NamespaceExists', facts({ namespace: () => 'Live' })],
    ['a deny list', 'Release', 'NamespaceNotSelected', facts({ selectedByLists: () => 'No' })],
    ['a lost label', 'Release', 'NamespaceNotSelected', facts({ selectedByLabels: () => 'No' })],
    ['a deleted integration', 'Release', 'IntegrationGone', facts({ integration: () => 'No' })],
    [
      'an edited cluster ID',
      'Release',
      'OwnedElsewhere',
      { ...facts(), identity: { clusterUID: '3a0c', clusterID: 'x' } },
    ],
    [
      'another cluster',
      'Release',
      'OwnedElsewhere',
      { ...facts(), identity: { clusterUID: 'x', clusterID: 'openshift' } },
    ],
    ['a namespace that could not be read', 'Wait', 'InputUnknown', facts({ namespace: () => 'Unknown' })],
    ['an integration that could not be read', 'Wait', 'InputUnknown', facts({ integration: () => 'Unknown' })],
    ['a suspended integration', 'Wait', 'Suspended', { ...facts(), integration: integration({ suspend: true }) }],
    ['the limit', 'Wait', 'DeletionHeld', { ...facts(), ...deletions(0) }],
  ];
  test.each(kept)('is kept by %s', async (_, outcome, reason, more) => {
    const changes = await playground.converge([], { gone: [demo], ...more });
    expect(changes.organizations[0]?.deletion).toMatchObject({ outcome, reason });
    expect(playground.writes()).toEqual([]);
  });

  test('is kept by a policy of Retain, without a look at Quay', async () => {
    const retained = document('demo', [], { deletionPolicy: 'Retain' });
    const changes = await playground.converge([], { gone: [retained], ...facts() });
    expect(changes.organizations[0]?.deletion).toMatchObject({ outcome: 'Release', reason: 'Retained' });
    expect(playground.reads()).toEqual([]);
  });

  test('is kept by robots of others that the wildcard of Quay would take along', async () => {
    await playground.quay.apply('openshift-demo', { type: 'CreateOrganization' }, () => '');
    await playground.quay.apply('openshift-demo', { type: 'CreateRobot', robot: 'victim', description: '' }, () => '');
    const changes = await playground.converge([], { gone: [demo], ...facts() });
    expect(changes.organizations[0]?.deletion).toMatchObject({ outcome: 'Release', reason: 'ForeignRobots' });
    expect(await exists()).toBe(true);
  });

  test('is kept by a Quay that answers 503', async () => {
    playground.simulator.faults.inject({ path: `/organization/${organization}$`, status: 503, times: 99 });
    const changes = await playground.converge([], { gone: [demo], ...facts() });
    expect(changes.organizations[0]?.deletion).toMatchObject({ outcome: 'Wait', reason: 'QuayUnavailable' });
    expect(playground.writes()).toEqual([]);
  });

  test('counts also while nobody can read it', async () => {
    const other = document('other');
    await playground.converge([other]);
    playground.simulator.faults.inject({ path: `/organization/${organization}$`, status: 503, times: 99 });
    const changes = await playground.converge([], { gone: [demo, other], ...facts(), ...deletions(1) });
    expect(changes.held?.organizations?.names).toEqual([organization, 'openshift_other']);
    expect(changes.totals.done).toBe(0);
  });

  test('is kept when it was adopted', async () => {
    await playground.quay.apply('openshift_old', { type: 'CreateOrganization' }, () => '');
    await playground.quay.apply('openshift_old', { type: 'CreateRobot', robot: 'old', description: '' }, () => '');
    const old = document('old');
    await playground.converge([old], { integration: integration({ adoption: 'Always' }) });
    const changes = await playground.converge([], { gone: [old], ...facts() });
    expect(changes.organizations[0]?.deletion).toMatchObject({ outcome: 'Release', reason: 'Retained' });
  });

  test('is kept when another document still states it', async () => {
    const changes = await playground.converge([demo], { gone: [{ ...demo, metadata: { name: 'old' } }], ...facts() });
    expect(changes.organizations.find(({ document }) => document === 'old')?.deletion?.outcome).toBe('Release');
    expect(playground.writes()).toEqual([]);
  });

  test('more than the limit are all held, until somebody agrees to exactly these', async () => {
    const documents = ['a', 'b'].map((namespace) => document(namespace));
    await playground.converge(documents);
    const gone = [...documents, demo];
    const held = await playground.converge([], { gone, ...facts(), ...deletions(2) });
    expect(held.held?.organizations?.names).toEqual(['openshift_a', 'openshift_b', organization]);
    expect(await exists()).toBe(true);
    const wrong = await playground.converge([], {
      gone: gone.slice(1),
      ...facts(),
      ...deletions(1, held.held?.organizations?.hash),
    });
    expect(wrong.totals.done).toBe(0);
    const agreed = await playground.converge([], { gone, ...facts(), ...deletions(2, held.held?.organizations?.hash) });
    expect(agreed.totals.done).toBe(3);
    expect(agreed.releasesUsed).toEqual(['organizations']);
    expect(await exists()).toBe(false);
  });
});

describe('a repository whose image stream is gone', () => {
  const without = (repositoryDeletionPolicy: string) => document('demo', [], { repositoryDeletionPolicy });
  const names = async (): Promise<readonly string[]> => {
    const observation = await playground.quay.observe(organization, nothingMore);
    return observation.state === 'Observed' ? observation.organization.repositories.map(({ name }) => name) : [];
  };
  const live = (more: Partial<ClusterFacts> = {}) => facts({ namespace: () => 'Live', ...more });

  test('is deleted only when the policy says so', async () => {
    await playground.converge([without('Retain')], live());
    expect(await names()).toEqual(['httpd-example']);
    const changes = await playground.converge([without('Delete')], live());
    expect(changes.organizations[0]?.repositoryDeletions).toMatchObject({ 'httpd-example': { outcome: 'Delete' } });
    expect(await names()).toEqual([]);
    expect(playground.inventories.get(organization)?.managedItems).not.toContain('imageStream/httpd-example');
  });

  test.each([
    ['the image stream is there after all', 'Leave', live({ imageStream: () => 'Yes' })],
    ['the image stream could not be read', 'Wait', live({ imageStream: () => 'Unknown' })],
    ['the limit', 'Wait', { ...live(), ...deletions(0) }],
  ])('is kept by %s', async (_, outcome, more) => {
    const changes = await playground.converge([without('Delete')], more);
    expect(changes.organizations[0]?.repositoryDeletions).toMatchObject({ 'httpd-example': { outcome } });
    expect(await names()).toEqual(['httpd-example']);
  });

  test.each<[string, () => Partial<ClusterFacts>]>([
    ['its image stream comes back', () => ({ imageStream: firstThen('No', 'Yes') })],
    ['its image stream can no longer be read', () => ({ imageStream: firstThen('No', 'Unknown') })],
    ['its namespace goes', () => ({ namespace: firstThen('Live', 'Terminating') })],
  ])('is kept when %s after it was counted, and is still ours', async (_, changing) => {
    const counted: string[] = [];
    const changes = await playground.converge([without('Delete')], {
      ...live(changing()),
      beforeWrite: (intent) =>
        Promise.resolve(void (intent.type === 'Delete' && counted.push(`${intent.kind}: ${intent.names.join()}`))),
    });
    expect(counted).toEqual([`repositories: ${organization}/httpd-example`]);
    expect(changes.totals.done).toBe(0);
    expect(await names()).toEqual(['httpd-example']);
    expect(playground.inventories.get(organization)?.managedItems).toContain('imageStream/httpd-example');
    await playground.converge([without('Delete')], live());
    expect(await names()).toEqual([]);
  });

  test('stays for ever when somebody wrote it down', async () => {
    const overlay = document('demo', ['httpd-example'], { repositories: [{ name: 'mine' }] });
    await playground.converge([overlay], live());
    await playground.converge([without('Delete')], live());
    expect(await names()).toEqual(['mine']);
  });
});
