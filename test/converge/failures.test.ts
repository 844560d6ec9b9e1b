import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Inventory } from '../../src/plan/index.js';
import { document, openPlayground, wordsOf, type Playground } from './playground.js';

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
    expect(changes.organizations.map(({ verdict }) => verdict)).toEqual(['Failed', 'Create']);
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
    const beforeApply = async (_: string, inventory: Inventory): Promise<void> => {
      written.push(inventory);
    };
    await playground.converge([demo], { beforeApply });
    playground.inventories.set(organization, written[0] ?? { things: [] });
    const bare = await playground.converge([document('demo', [], { robots: [] })]);
    expect(wordsOf(bare, organization)).toHaveLength(3);
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
    expect(changes.organizations.map(({ verdict }) => verdict)).toEqual(['Create', 'NotReached']);
    expect(changes.totals).toMatchObject({ done: 3, failed: 1, notDone: 4 });
    expect(JSON.stringify(changes)).not.toContain(playground.simulator.credentials.superuser);
  });

  test('a Quay that cannot be reached is one', async () => {
    const { connectQuay } = await import('../../src/quay/index.js');
    const quay = connectQuay({ url: 'http://127.0.0.1:9', token: () => 'x', delay: () => Promise.resolve() });
    const changes = await playground.converge([demo], { quay });
    await quay.close();
    expect(changes.stopped?.code).toBe('QuayUnreachable');
    expect(changes.organizations[0]?.verdict).toBe('Failed');
  });
});
