import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { WriteIntent } from '../../src/converge/index.js';
import type { Change, Inventory } from '../../src/plan/index.js';
import { nothingMore, type Quay } from '../../src/quay/index.js';
import { document, openPlayground, wordsOf, type Playground } from '../fixtures/playground.js';

const organization = 'openshift_demo';
const demo = document('demo', ['httpd-example', 'other']);

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground();
});
afterEach(() => playground.close());

describe('a failure in the middle', () => {
  test('takes only those changes along that need the failed one, and the next run finishes', async () => {
    playground.simulator.faults.inject({
      method: 'PUT',
      path: '/robots/default$',
      status: 400,
      body: '{"message":"no"}',
    });
    const first = await playground.converge([demo]);
    const [result] = first.organizations;
    expect(result?.failed.map(({ change, failure }) => [change.words, failure.code])).toEqual([
      ['create robot default', 'QuayRefused'],
    ]);
    expect(result?.notDone.map(({ words }) => words)).toEqual(['give robot default read on new repositories']);
    const second = await playground.converge([demo]);
    expect(second.totals).toMatchObject({ failed: 0, notDone: 0 });
    expect(wordsOf(second, organization)).toEqual([
      'create robot default',
      'give robot default read on new repositories',
      'give robot default read on httpd-example',
      'give robot default read on other',
    ]);
    expect((await playground.converge([demo])).totals.planned).toBe(0);
  });

  test('does not touch other organizations', async () => {
    playground.simulator.faults.inject({ path: '/organization/openshift_bad$', status: 500, times: 99 });
    const changes = await playground.converge([document('bad'), document('good')]);
    expect(changes.organizations.map(({ decision }) => decision)).toEqual(['Failed', 'Create']);
    expect(changes.stopped).toBeUndefined();
    expect(changes.totals).toMatchObject({ done: 8, unknown: 1 });
  });

  test.each(Array.from({ length: 10 }, (_, step) => step))(
    'at write %i it is finished by a second run',
    async (after) => {
      playground.simulator.faults.inject({ method: 'POST|PUT', status: 400, body: '{}' });
      playground.simulator.faults.clear();
      for (const method of ['POST', 'PUT'])
        playground.simulator.faults.inject({ method, after: Math.floor(after / 2), status: 500, times: 6 });
      await playground.converge([demo]);
      playground.simulator.faults.clear();
      await playground.converge([demo]);
      const last = await playground.converge([demo]);
      expect(last.totals).toMatchObject({ planned: 0, failed: 0 });
      const bare = await playground.converge([document('demo', [], { robots: [] })]);
      expect(wordsOf(bare, organization)).toEqual([
        'delete robot builder and its token',
        'delete robot default and its token',
        'delete robot deployer and its token',
      ]);
    },
  );

  test('leaves an inventory behind that knows of everything, also when nobody heard of the end', async () => {
    const written: Inventory[] = [];
    const beforeWrite = async (intent: WriteIntent): Promise<void> => {
      if (intent.type !== 'Apply') return;
      written.push(intent.inventory);
    };
    await playground.converge([demo], { beforeWrite });
    playground.inventories.set(organization, written[0] ?? { managedItems: [] });
    const bare = await playground.converge([document('demo', [], { robots: [] })]);
    expect(wordsOf(bare, organization)).toHaveLength(3);
  });
});

describe('what somebody else made in the meantime', () => {
  /** A look at Quay that is older than what a person made since. */
  const stale = async (organization: string): Promise<Quay> => {
    const seen = await playground.quay.observe(organization, nothingMore, { tokens: true });
    return { ...playground.quay, observe: () => Promise.resolve(seen) };
  };
  const byHand = (change: Change): Promise<unknown> => playground.quay.apply('openshift_demo', change, () => '');

  test('is used as it is and never ours, so that nobody of us removes it', async () => {
    await playground.converge([document('demo')]);
    const quay = await stale('openshift_demo');
    await byHand({ type: 'CreateRepository', repository: 'hand', visibility: 'private', description: '' });
    await byHand({ type: 'CreateRepository', repository: 'open', visibility: 'public', description: '' });
    await byHand({ type: 'CreateRobot', robot: 'ci', description: '' });
    const robots = ['builder', 'default', 'deployer', 'ci'].map((name) => ({ name }));
    const changes = await playground.converge([document('demo', ['hand', 'open', 'new'], { robots })], {
      quay,
      options: { dryRun: false, roles: false },
    });
    expect(changes.organizations[0]?.failed.map(({ failure }) => failure.message)).toEqual([
      expect.stringContaining('not what is wanted'),
    ]);
    const managedItems = playground.inventories.get('openshift_demo')?.managedItems ?? [];
    expect(managedItems).toContain('imageStream/new');
    expect(managedItems.filter((managedItem) => /hand|open$|ci$/.test(managedItem))).toEqual([]);
  });

  test('an organization that we were not allowed to make is not ours when somebody else makes it', async () => {
    playground.simulator.faults.inject({ method: 'POST', path: '/organization/$', status: 403, times: 9 });
    const refused = await playground.converge([document('demo')]);
    expect(refused.organizations[0]?.failed).toHaveLength(1);
    expect(playground.inventories.get('openshift_demo')?.origin).toBeUndefined();

    playground.simulator.faults.clear();
    await byHand({ type: 'CreateOrganization' });
    await byHand({ type: 'CreateRepository', repository: 'hand', visibility: 'private', description: '' });
    const changes = await playground.converge([document('demo')]);
    expect(changes.organizations[0]).toMatchObject({ decision: 'Refused', reason: 'OrganizationNotOurs' });
  });

  test('also where ours of that name was deleted before', async () => {
    await playground.converge([document('demo')]);
    await byHand({ type: 'DeleteOrganization' });
    playground.simulator.runGarbageCollector();
    playground.simulator.faults.inject({ method: 'POST', path: '/organization/$', status: 403, times: 9 });
    await playground.converge([document('demo')]);
    expect(playground.inventories.get('openshift_demo')?.origin).toBeUndefined();
  });
});

describe('an error of the whole registry', () => {
  test('stops at once, and says what was done and what was not', async () => {
    const { connectQuay } = await import('../../src/quay/index.js');
    let token = playground.simulator.credentials.superuser ?? '';
    const quay = connectQuay({ url: playground.simulator.url, token: () => token, delay: () => Promise.resolve() });
    let done = 0;
    const changes = await playground.converge([document('a'), document('b')], {
      quay,
      options: { dryRun: false, roles: true, concurrency: 1 },
      onProgress: ({ event }) => {
        if (event === 'done') done += 1;
        if (done === 3) token = 'revoked';
      },
    });
    await quay.close();
    expect(changes.stopped?.code).toBe('TokenRejected');
    expect(changes.organizations.map(({ decision }) => decision)).toEqual(['Create', 'NotReached']);
    expect(changes.totals).toMatchObject({ done: 3, failed: 1, notDone: 4 });
    expect(JSON.stringify(changes)).not.toContain(playground.simulator.credentials.superuser);
  });

  test('a Quay that cannot be reached is one', async () => {
    const { connectQuay } = await import('../../src/quay/index.js');
    const quay = connectQuay({ url: 'http://127.0.0.1:9', token: () => 'x', delay: () => Promise.resolve() });
    const changes = await playground.converge([demo], { quay });
    await quay.close();
    expect(changes.stopped?.code).toBe('QuayUnreachable');
    expect(changes.organizations[0]?.decision).toBe('Failed');
  });
});
