import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type SignedOwnership } from '../../src/api/index.js';
import { type Inventory } from '../../src/plan/index.js';
import { document, openPlayground, type Playground, wordsOf } from '../fixtures/playground.js';
import { askAs, withPeople } from './people.js';

const organization = 'openshift_demo';
const demo = document('demo', ['web']);
const items = ['robot/people', 'team/people', 'robot/builder'];

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground(withPeople);
});
afterEach(() => playground.close());

const ask = (who: string, method: string, path: string, body?: object): Promise<unknown> =>
  askAs(playground.simulator, who, method, path, body);
const remember = (inventory: Inventory): void => void playground.inventories.set(organization, inventory);
const kept = (): Inventory => playground.inventories.get(organization) ?? { managedItems: [] };
const forge = (change: Partial<SignedOwnership>): SignedOwnership | undefined => {
  const { ownership } = kept();
  return ownership && { ...ownership, ...change };
};

describe('S5: what somebody wrote into a status', () => {
  test("S5: does not take somebody's organization over", async () => {
    await playground.converge([document('other')]);
    const other = playground.inventories.get('openshift_other');
    await ask('ann', 'POST', '/organization/', { name: organization });
    await ask('ann', 'PUT', `/organization/${organization}/robots/builder`, { description: '' });
    const forgeries: readonly Inventory[] = [
      { origin: 'created', managedItems: items },
      { ...other, origin: 'created', managedItems: items },
      { ...other, managedItems: other?.managedItems ?? [] },
      {
        origin: 'created',
        managedItems: items,
        ownership: { ...other?.ownership, organization, namespace: 'demo' } as SignedOwnership,
      },
    ];
    for (const forgery of forgeries) {
      remember(forgery);
      playground.simulator.requests.reset();
      const { changeSet, tokens } = await playground.convergeWithTokens([demo]);
      expect(changeSet.organizations[0]).toMatchObject({ decision: 'Refused', reason: 'OrganizationNotOurs' });
      expect(tokens.size).toBe(0);
      expect(playground.writes()).toEqual([]);
    }
  });

  test.each<[string, () => Inventory]>([
    ['more items', () => ({ ...kept(), managedItems: [...kept().managedItems, 'robot/people', 'team/people'] })],
    ['items without a signature', () => ({ origin: 'created', managedItems: items })],
    ['another origin', () => ({ ...kept(), ownership: forge({ origin: 'predecessor' }) })],
    ['a higher revision', () => ({ ...kept(), ownership: forge({ revision: 9 }) })],
    ['hashes of other secrets', () => ({ ...kept(), secretHashes: { proxyCache: 'a.b' } })],
    ['no sense at all', () => ({ ...kept(), ownership: { revision: 'x' } as unknown as SignedOwnership })],
  ])('S5: has nothing removed: %s', async (_, forged) => {
    await playground.converge([demo]);
    await ask('superuser', 'PUT', `/organization/${organization}/robots/people`, { description: '' });
    await ask('superuser', 'PUT', `/organization/${organization}/team/people`, { role: 'member' });
    remember(forged());
    const bare = document('demo', [], { robots: [] });
    expect(wordsOf(await playground.converge([bare]), organization)).toEqual([]);
    // From then on it is signed again, and what was there counts as found.
    expect(kept().ownership?.origin).toBe('created');
    expect(wordsOf(await playground.converge([bare]), organization)).toEqual([]);
  });

  test('S5: of an origin is unknown: it decides no deletion', async () => {
    await playground.converge([demo]);
    remember({ ...kept(), ownership: forge({ serial: 'another' }) });
    const facts = {
      namespace: () => 'Gone' as const,
      imageStream: () => 'No' as const,
      selectedByLists: () => 'Yes' as const,
      selectedByLabels: () => 'Yes' as const,
      integration: () => 'Yes' as const,
    };
    const { organizations } = await playground.converge([], { gone: [demo], facts });
    expect(organizations[0]?.deletion).toMatchObject({ outcome: 'Release', reason: 'OwnershipUncertain' });
    expect(playground.writes().filter((call) => call.startsWith('DELETE'))).toEqual([]);
  });
});
