import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectQuay } from '../../src/quay/index.js';
import { document, openPlayground, type Playground } from '../fixtures/playground.js';
import { serveTCP } from '../support/loopback.js';

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground();
});
afterEach(() => playground.close());

describe('Q27 a small change costs little', () => {
  const streams = Array.from({ length: 100 }, (_, at) => `stream-${at}`);
  const options = { dryRun: false, roles: false };

  beforeEach(async () => {
    await playground.converge([document('demo', streams)]);
    playground.simulator.requests.reset();
  });

  test('Q27 nothing changed: no write, and no read more because of a hundred image streams', async () => {
    await playground.converge([document('demo', streams)], { options });
    expect(playground.writes()).toEqual([]);
    expect(playground.reads().length).toBeLessThanOrEqual(5);
  });

  test('Q27 one image stream more: one write', async () => {
    await playground.converge([document('demo', [...streams, 'new'])], { options });
    expect(playground.writes()).toEqual(['POST /api/v1/repository']);
    expect(playground.reads().length).toBeLessThanOrEqual(5);
  });
});

describe('Q28 a Quay that hangs holds nobody up for ever, and nothing is left open', () => {
  const impatient = { timeouts: { connect: 1000, headers: 1000, body: 1000, deletion: 1000 } };

  test('Q28 one that takes calls and never answers is given up', async () => {
    const hung = await serveTCP(() => undefined);
    const quay = connectQuay({ url: hung.url, token: () => 'x', delay: () => Promise.resolve(), ...impatient });
    const changes = await playground.converge([document('demo')], { quay });
    expect(changes.stopped?.code).toBe('QuayUnreachable');
    await quay.close();
    await hung.close();
  });

  test('Q28 one that hangs for one organization keeps no other from being made', async () => {
    const token = playground.simulator.credentials.superuser ?? '';
    const { url } = playground.simulator;
    const quay = connectQuay({ url, token: () => token, delay: () => Promise.resolve(), ...impatient });
    playground.simulator.faults.inject({ path: 'openshift_slow', delayMs: 2000, times: 99 });
    const names = ['slow', ...Array.from({ length: 20 }, (_, at) => `quick-${at}`)];
    const changes = await playground.converge(
      names.map((name) => document(name)),
      { quay, options: { dryRun: false, roles: false, concurrency: 2 } },
    );
    await quay.close();
    const made = changes.organizations.filter(({ done, failed }) => done.length > 0 && failed.length === 0);
    expect(made.map(({ organization }) => organization)).toHaveLength(20);
  });

  test('Q28 fifty rounds use the connections of the first', async () => {
    const sockets = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
    const documents = Array.from({ length: 4 }, (_, at) => document(`team-${at}`));
    await playground.converge(documents);
    const before = sockets();
    for (let round = 0; round < 50; round += 1) await playground.converge(documents);
    // Eight connections, and both of their ends are in this process.
    expect(sockets()).toBeLessThanOrEqual(Math.max(before, 16));
  });
});
