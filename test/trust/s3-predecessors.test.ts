import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Sealed } from '../../src/api/index.js';
import { clusterFacts, type ClusterFacts } from '../../src/converge/index.js';
import { type PullSecretRecord } from '../../src/kube/index.js';
import { nothingMore } from '../../src/quay/index.js';
import { document, integration, openPlayground, type Playground } from '../fixtures/playground.js';
import { askAs, withPeople } from './people.js';

const organization = 'openshift_shop';
const shop = document('shop', ['web']);
const finalizer = 'quay.redhat.com/quayintegrations';

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground(withPeople);
});
afterEach(() => playground.close());

/** What the cluster says: a namespace of that name with these finalizers, and Secrets with the current tokens of these robots. */
async function namespaceWith(finalizers: readonly string[], robots: readonly string[]): Promise<ClusterFacts> {
  const observed = await playground.quay.observe(organization, nothingMore, { tokens: true });
  const tokens = observed.state === 'Observed' ? observed.tokens : undefined;
  const pullSecrets: readonly PullSecretRecord[] = robots.map((robot) => ({
    namespace: 'shop',
    name: `${robot}-quay`,
    labels: {},
    entries: [
      {
        host: 'quay.example.com',
        username: `${organization}+${robot}`,
        password: new Sealed(tokens?.get(robot)?.reveal() ?? ''),
      },
    ],
  }));
  playground.simulator.requests.reset();
  return clusterFacts({
    cluster: {
      namespace: () => Promise.resolve('Active'),
      imageStream: () => Promise.resolve('Present'),
      pullSecrets: () => Promise.resolve({ known: true, items: pullSecrets }),
    },
    integration: integration(),
    seen: () => ({ name: 'shop', uid: 'uid-shop', labels: {}, annotations: {}, finalizers, terminating: false }),
    quay: playground.quay,
    lastLabels: () => undefined,
  });
}

/** An organization that somebody made for herself. */
const peopleHave = (): Promise<unknown> =>
  askAs(playground.simulator, 'ann', 'POST', '/organization/', { name: organization });
const robot = (name: string): Promise<unknown> =>
  playground.quay.apply(organization, { type: 'CreateRobot', robot: name, description: '' }, () => '');

describe('S3: a namespace of a chosen name', () => {
  test("S3: with the pull secret of a read-only robot takes nothing of somebody's organization over", async () => {
    await peopleHave();
    await robot('reader');
    const facts = await namespaceWith([], ['reader']);
    const { changeSet, tokens } = await playground.convergeWithTokens([shop], { facts });
    expect(changeSet.organizations[0]).toMatchObject({ decision: 'Refused', reason: 'OrganizationNotOurs' });
    expect(tokens.size).toBe(0);
    expect(playground.writes()).toEqual([]);
  });

  test('S3: with a finalizer that its administrator set waits for an agreement, and stays undeleted after it', async () => {
    await peopleHave();
    await playground.predecessor(organization);
    const facts = await namespaceWith([finalizer], []);
    const { changeSet, tokens } = await playground.convergeWithTokens([shop], { facts });
    const [result] = changeSet.organizations;
    expect(result).toMatchObject({ decision: 'Refused', reason: 'AdoptionPending' });
    expect(tokens.size).toBe(0);
    expect(playground.writes()).toEqual([]);

    const wrong = await playground.converge([shop], { facts, agreement: { hash: 'another' } });
    expect(wrong.organizations[0]).toMatchObject({ decision: 'Refused' });
    const agreed = await playground.converge([shop], { facts, agreement: { hash: changeSet.uncertain?.hash } });
    expect(agreed.organizations[0]).toMatchObject({ decision: 'TakeOver', inventory: { origin: 'adopted' } });
    expect(agreed.uncertain).toBeUndefined();
    const gone = await playground.converge([], { facts: { ...facts, namespace: () => 'Gone' }, gone: [shop] });
    expect(gone.organizations[0]?.deletion).toMatchObject({ outcome: 'Release', reason: 'Retained' });
  });

  test('S3: with all three current tokens gains nothing by them: adopted, never deleted until a person agrees', async () => {
    await peopleHave();
    await playground.predecessor(organization);
    const facts = await namespaceWith([], ['builder', 'default', 'deployer']);
    const { organizations } = await playground.converge([shop], { facts });
    expect(organizations[0]).toMatchObject({ decision: 'TakeOver', inventory: { origin: 'adopted' } });
    // One agreement for all that a predecessor made: from then on they go with their namespaces.
    const { adoptable, uncertain } = await playground.converge([shop], { facts });
    expect(uncertain).toBeUndefined();
    const goes = {
      facts: { ...facts, namespace: () => 'Gone' as const },
      gone: [shop],
      options: { dryRun: true, roles: true },
    };
    expect((await playground.converge([], goes)).organizations[0]?.deletion?.outcome).toBe('Release');
    await playground.converge([shop], { facts, agreement: { hash: adoptable?.hash } });
    expect(playground.inventories.get(organization)).toMatchObject({ origin: 'predecessor' });
    expect(await playground.converge([shop], { facts })).not.toHaveProperty('adoptable');
    expect((await playground.converge([], goes)).organizations[0]?.deletion?.outcome).toBe('Delete');
    const two = await namespaceWith([], ['builder', 'default']);
    await playground.quay.apply(organization, { type: 'DeleteTeam', team: 'quayside' }, () => '');
    playground.inventories.clear();
    const { organizations: again } = await playground.converge([shop], { facts: two });
    expect(again[0]).toMatchObject({ decision: 'Refused', reason: 'OrganizationNotOurs' });
  });
});

describe('P: what a predecessor made', () => {
  test.each([
    ['its finalizer', [finalizer], []],
    ['all current tokens', [], ['builder', 'default', 'deployer']],
  ] as const)(
    'S3: with %s and ours alone in Quay it is as if we made it, and says why in its mark',
    async (_, finalizers, robots) => {
      await playground.quay.apply(organization, { type: 'CreateOrganization' }, () => '');
      await playground.predecessor(organization);
      const facts = await namespaceWith(finalizers, robots);
      const { organizations } = await playground.converge([shop], { facts });
      expect(organizations[0]).toMatchObject({
        decision: 'TakeOver',
        inventory: { origin: 'predecessor' },
        failed: [],
      });
      expect(organizations[0]?.inventory?.ownership?.evidence).toContain('admin was its only owner');
      // The finalizer is taken off afterwards: what it proved stays proven.
      const later = { ...(await namespaceWith([], [])), namespace: () => 'Gone' as const };
      const gone = await playground.converge([], { facts: later, gone: [shop] });
      expect(gone.organizations[0]?.deletion?.outcome).toBe('Delete');
    },
  );

  test("S3: without a predecessor's robots or default permissions it is adopted, also where it is ours alone", async () => {
    await playground.quay.apply(organization, { type: 'CreateOrganization' }, () => '');
    await robot('builder');
    const facts = await namespaceWith([finalizer], []);
    const { organizations } = await playground.converge([shop], { facts });
    expect(organizations[0]).toMatchObject({ decision: 'TakeOver', inventory: { origin: 'adopted' } });
  });
});
