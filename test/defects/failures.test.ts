import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ChangeSet } from '../../src/converge/index.js';
import type { FaultRule } from '@quayside/simulator';
import { document, openPlayground, type Playground } from '../fixtures/playground.js';

const demo = document('demo', ['web', 'worker']);

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground();
});
afterEach(() => playground.close());

/** Whether a run claims that all is as the document states it. */
const claimsSuccess = ({ totals, stopped }: ChangeSet): boolean =>
  stopped === undefined && totals.failed + totals.notDone + totals.unknown === 0;

/** How many changes are left, once nothing is in the way any more. */
async function left(): Promise<number> {
  playground.simulator.faults.clear();
  return (await playground.converge([demo], { options: { dryRun: true, roles: true } })).totals.planned;
}

const statuses = [400, 401, 403, 404, 405, 409, 415, 429, 500, 502, 503, 504];
const bodies = ['{"message":"no","error_type":"invalid_request"}', '<html><h1>no</h1></html>', ''];
const faults: readonly FaultRule[] = [
  // Every body of two of them; what is read of a body does not depend on which of the others it is.
  ...statuses.map((status, at) => ({ status, body: bodies[at % bodies.length] ?? '' })),
  ...[400, 503].flatMap((status) => bodies.map((body) => ({ status, body }))),
  { reset: true },
  { reset: true, when: 'after' },
  { truncate: true },
];

describe('Q14 nothing that failed passes for done', () => {
  /** Runs into one fault at every call in turn, and says at which of them a lie was told or nothing helped any more. */
  async function lies(fault: FaultRule, prepare: () => Promise<void>): Promise<readonly string[]> {
    const told: string[] = [];
    await prepare();
    const snapshot = playground.simulator.snapshot();
    const inventories = new Map(playground.inventories);
    let after = 0;
    for (let isHit = true; isHit; after += 1) {
      playground.simulator.restore(snapshot);
      playground.inventories.clear();
      for (const [name, inventory] of inventories) playground.inventories.set(name, inventory);
      playground.simulator.requests.reset();
      playground.simulator.faults.inject({ ...fault, after });
      const changes = await playground.converge([demo]);
      isHit = playground.simulator.requests.list().length > after;
      if (claimsSuccess(changes) && (await left()) > 0) told.push(`${after}: success, and something is left`);
      playground.simulator.faults.clear();
      await playground.converge([demo]);
      if ((await left()) > 0) told.push(`${after}: not made up for`);
    }
    expect(after).toBeGreaterThan(6);
    return told;
  }

  test.each([1, 999])(
    'Q14 when an organization is made and %i calls fail in any way',
    async (times) => {
      for (const fault of faults)
        expect({ fault, lies: await lies({ ...fault, times }, async () => undefined) }).toEqual({ fault, lies: [] });
    },
    120_000,
  );

  test.each([1, 999])(
    'Q14 when a drift is healed and %i calls fail in any way',
    async (times) => {
      const drift = async (): Promise<void> => {
        await playground.converge([demo]);
        await playground.quay.apply('openshift_demo', { type: 'DeleteRobot', robot: 'deployer' }, () => '');
        await playground.quay.apply('openshift_demo', { type: 'DeleteRepository', repository: 'web' }, () => '');
      };
      for (const fault of faults)
        expect({ fault, lies: await lies({ ...fault, times }, drift) }).toEqual({ fault, lies: [] });
    },
    120_000,
  );
});

describe('an organization that is to be made', () => {
  test.each<FaultRule>([
    { reset: true, times: 99 },
    { status: 502, body: '<html>', times: 99 },
  ])('Q4 a connection that drops meanwhile is an error of that call, not a crash: %j', async (fault) => {
    playground.simulator.faults.inject({ ...fault, method: 'POST', path: '/organization/$' });
    const [result] = (await playground.converge([demo])).organizations;
    expect(result?.failed.map(({ failure }) => failure.message)).toEqual([
      expect.stringContaining('POST /api/v1/organization/'),
    ]);
    expect(result?.done).toEqual([]);
    playground.simulator.faults.clear();
    await playground.converge([demo]);
    expect(await left()).toBe(0);
  });

  test('Q4 one that was made although nobody heard of it is ours', async () => {
    playground.simulator.faults.inject({ method: 'POST', path: '/organization/$', reset: true, when: 'after' });
    expect(claimsSuccess(await playground.converge([demo]))).toBe(true);
    expect(await left()).toBe(0);
  });
});

test.each([401, 403, 404, 405, 429, 500, 503])(
  'Q30 robots that Quay answers with %i are unknown, and nothing is made of them',
  async (status) => {
    await playground.converge([demo]);
    playground.simulator.requests.reset();
    playground.simulator.faults.inject({ path: '/robots', status, body: '{"message":"no"}', times: 999 });
    const [result] = (await playground.converge([demo])).organizations;
    expect(result).toMatchObject({ decision: 'Failed', done: [] });
    expect(playground.writes()).toEqual([]);
  },
);
