import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClusterFacts } from '../../src/converge/index.js';
import { document, integration, openPlayground, wordsOf, type Playground } from '../fixtures/playground.js';

const organization = 'openshift_demo';
const demo = document('demo', ['httpd-example']);

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground();
});
afterEach(() => playground.close());

describe('a new organization', () => {
  test('costs one read and eight writes, and one more for each repository', async () => {
    const changes = await playground.converge([document('demo', ['a', 'b', 'c'])]);
    expect(changes.totals).toMatchObject({ planned: 11, done: 11, failed: 0, notDone: 0 });
    expect(playground.reads()).toHaveLength(1);
    expect(playground.writes()).toEqual([
      'POST /api/v1/organization/',
      'PUT /api/v1/organization/openshift_demo/team/quayside',
      ...['builder', 'default', 'deployer'].map((robot) => `PUT /api/v1/organization/openshift_demo/robots/${robot}`),
      ...Array.from({ length: 3 }, () => 'POST /api/v1/organization/openshift_demo/prototypes'),
      ...Array.from({ length: 3 }, () => 'POST /api/v1/repository'),
    ]);
  });

  test('has nothing left to do afterwards, and hands out the tokens of its robots', async () => {
    const runs = [await playground.convergeWithTokens([demo]), await playground.convergeWithTokens([demo])];
    expect(runs[1]?.changeSet.totals).toMatchObject({ planned: 0, done: 0 });
    const names = runs.map(({ tokens }) => [...(tokens.get('openshift_demo')?.keys() ?? [])].sort().join(' '));
    expect(names).toEqual(['builder default deployer', 'builder default deployer']);
  });

  test('gets an address only from a registry that insists on one', async () => {
    playground.simulator.faults.inject({
      method: 'POST',
      path: '^/api/v1/organization/$',
      status: 400,
      body: JSON.stringify({ detail: 'Email address is required', status: 400 }),
    });
    const { totals } = await playground.converge([demo], {
      integration: integration({ organizationEmail: 'images+<organization>@example.com' }),
    });
    expect(totals.failed).toBe(0);
    const observation = await playground.quay.observe(organization, {
      ...{ roles: false, teamPermissions: [], teamMembers: [], autoPrune: false, immutability: false },
      ...{ proxyCache: false, repositories: {} },
    });
    expect(observation).toMatchObject({ organization: { email: 'images+openshift_demo@example.com' } });
  });
});

describe('a dry run', () => {
  test('writes nothing, and says the same in the same bytes every time', async () => {
    const documents = ['c', 'a', 'b'].map((namespace) => document(namespace, ['x']));
    const options = { options: { dryRun: true, roles: true } };
    const first = JSON.stringify(await playground.converge(documents, options));
    const second = JSON.stringify(await playground.converge(documents.toReversed(), options));
    expect(second).toBe(first);
    expect(playground.writes()).toEqual([]);
    expect(wordsOf(await playground.converge(documents, options), 'openshift_a')).toHaveLength(9);
  });

  test('is what a suspended integration does', async () => {
    const { totals } = await playground.converge([demo], { integration: integration({ suspend: true }) });
    expect(totals).toMatchObject({ planned: 9, done: 0, notDone: 9 });
    expect(playground.writes()).toEqual([]);
  });
});

describe('whose an organization is', () => {
  test('one without an ownership marker is refused, and nothing is written', async () => {
    await playground.quay.apply(organization, { type: 'CreateOrganization' }, () => '');
    await playground.quay.apply(organization, { type: 'CreateRobot', robot: 'other', description: '' }, () => '');
    playground.simulator.requests.reset();
    const changes = await playground.converge([demo]);
    expect(changes.organizations[0]).toMatchObject({ decision: 'Refused', reason: 'OrganizationNotOurs' });
    expect(playground.writes()).toEqual([]);
  });

  test('one with the ownership marker of another cluster is refused, also when everything is taken over', async () => {
    await playground.converge([demo]);
    playground.inventories.clear();
    const changes = await playground.converge([demo], {
      identity: { clusterUID: 'other', clusterID: 'openshift' },
      integration: integration({ adoption: 'Always' }),
    });
    expect(changes.organizations[0]).toMatchObject({ decision: 'Refused', reason: 'OwnedElsewhere' });
  });

  test('one whose creation was cut is finished', async () => {
    await playground.quay.apply(organization, { type: 'CreateOrganization' }, () => '');
    const changes = await playground.converge([demo]);
    expect(changes.organizations[0]).toMatchObject({
      decision: 'TakeOver',
      inventory: { origin: 'created' },
      failed: [],
    });
  });

  test('one of a predecessor is ours with all that it made', async () => {
    await playground.quay.apply(organization, { type: 'CreateOrganization' }, () => '');
    await playground.predecessor(organization);
    const facts: ClusterFacts = {
      namespace: () => 'Live',
      imageStream: () => 'Yes',
      selectedByLists: () => 'Yes',
      selectedByLabels: () => 'Yes',
      integration: () => 'Yes',
      predecessor: () => ({ finalizer: 'quay.redhat.com/quayintegrations', currentTokens: [] }),
    };
    const changes = await playground.converge([demo], { facts });
    expect(changes.organizations[0]).toMatchObject({ decision: 'TakeOver', inventory: { origin: 'predecessor' } });
    expect(playground.inventories.get(organization)?.managedItems).toContain('robot/builder');
    const after = await playground.converge([document('demo', [], { robots: [] })], { facts });
    expect(wordsOf(after, organization)).toContain('delete robot builder and its token');
  });

  test('a lost ownership marker is written again', async () => {
    await playground.converge([demo]);
    await playground.quay.apply(organization, { type: 'DeleteTeam', team: 'quayside' }, () => '');
    const facts: ClusterFacts = {
      namespace: () => 'Live',
      imageStream: () => 'Yes',
      selectedByLists: () => 'Yes',
      selectedByLabels: () => 'Yes',
      integration: () => 'Yes',
      robotsWithSecret: () => ['builder'],
    };
    expect(wordsOf(await playground.converge([demo], { facts }), organization)).toEqual([
      'write the ownership marker of Quayside',
    ]);
  });

  test('two documents for one organization are both refused', async () => {
    const other = { ...demo, metadata: { name: 'another' } };
    const changes = await playground.converge([demo, other]);
    expect(changes.organizations.map(({ reason }) => reason)).toEqual(['Conflict', 'Conflict']);
    expect(playground.writes()).toEqual([]);
  });

  test('an ordinary user reads why nothing is written', async () => {
    await playground.converge([demo]);
    const open = await openPlayground({
      fixtures: {
        users: [{ name: 'admin', superuser: true }, { name: 'guest' }],
        credentials: {
          superuser: { owner: 'admin', scopes: ['org:admin', 'repo:admin', 'repo:create', 'user:admin', 'super:user'] },
          guest: { owner: 'guest', scopes: ['org:admin', 'repo:admin', 'user:admin', 'user:read'] },
        },
      },
    });
    const { connectQuay } = await import('../../src/quay/index.js');
    const guest = connectQuay({ url: open.simulator.url, token: () => open.simulator.credentials.guest ?? '' });
    try {
      await open.converge([demo]);
      open.simulator.requests.reset();
      const [result] = (await open.converge([demo], { quay: guest })).organizations;
      expect(result).toMatchObject({ decision: 'Refused', reason: 'NotOrganizationAdmin' });
      expect(result?.message).toContain('guest');
      expect(open.writes()).toEqual([]);
    } finally {
      await guest.close();
      await open.close();
    }
  });
});
