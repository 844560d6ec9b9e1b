import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RetryableError } from '../../../src/errors/index.js';
import { createElector, type Elector, type ElectorOptions } from '../../../src/kube/lease/elector.js';
import { fakeClock, type FakeClock } from '../../support/fake-clock.js';
import { leaseServer, type LeaseServer } from './lease-server.js';

let server: LeaseServer;
let clock: FakeClock;
let log: string[];
const running: Elector[] = [];

beforeEach(() => {
  server = leaseServer();
  clock = fakeClock();
  log = [];
});
afterEach(async () => {
  server.hinder = () => undefined;
  for (const one of running.splice(0)) {
    const stopped = one.stop();
    await clock.pass(20_000);
    await stopped;
  }
});

function contender(identity: string, options: Partial<ElectorOptions> = {}): Elector {
  const elector = createElector(server, {
    namespace: 'n',
    name: 'l',
    identity,
    clock,
    random: () => 0,
    onGained: (signal) => {
      log.push(`${identity} gained`);
      signal.addEventListener('abort', () => log.push(`${identity} told to stop`));
    },
    onLost: (why) => log.push(`${identity} lost: ${why}`),
    ...options,
  });
  elector.start();
  running.push(elector);
  return elector;
}

const unreachable = (): never => {
  throw new RetryableError('ClusterUnreachable', 'cut');
};

test('the first elector is the leader and renews, the second waits', async () => {
  const a = contender('a');
  await clock.pass(100);
  const b = contender('b');
  await clock.pass(60_000);
  expect([a.isLeader(), b.isLeader()]).toEqual([true, false]);
  expect([a.leader(), b.leader()]).toEqual(['a', 'a']);
  expect(log).toEqual(['a gained']);
  expect(server.writes()).toBeGreaterThan(25);
});

test('a released lease passes to the next elector at once', async () => {
  const a = contender('a');
  await clock.pass(100);
  const b = contender('b');
  await clock.pass(5_000);
  await a.stop();
  expect(a.isLeader()).toBe(false);
  expect(server.spec().holderIdentity).toBe('');
  await clock.pass(2_100);
  expect(b.isLeader()).toBe(true);
  expect(server.spec()).toMatchObject({ holderIdentity: 'b', leaseTransitions: 1 });
  expect(log).toEqual(['a gained', 'a told to stop', 'a lost: the lease was released', 'b gained']);
});

describe('a leader that cannot renew', () => {
  test('stops before another can begin', async () => {
    const a = contender('a');
    await clock.pass(100);
    const b = contender('b');
    await clock.pass(3_950);
    server.hinder = ({ body }) => (JSON.stringify(body ?? '').includes('"b"') ? undefined : unreachable());
    // Reads of both fail as well: only b's writes would get through, and it knows of nothing to write.
    await clock.pass(9_000);
    expect(a.isLeader()).toBe(true);
    await clock.pass(1_100);
    expect([a.isLeader(), b.isLeader()]).toEqual([false, false]);
    expect(log.slice(1)).toEqual(['a told to stop', 'a lost: the lease could not be renewed in time']);
  });

  test('takes its place again when nobody else did', async () => {
    const a = contender('a');
    await clock.pass(100);
    server.hinder = unreachable;
    await clock.pass(30_000);
    server.hinder = () => undefined;
    await clock.pass(2_100);
    expect(a.isLeader()).toBe(true);
    expect(server.spec().leaseTransitions).toBe(0);
    expect(log.filter((line) => line === 'a gained')).toHaveLength(2);
  });
});

describe('a leader that was frozen', () => {
  test('is none the moment it awakes, before any timer has run', async () => {
    const a = contender('a');
    await clock.pass(100);
    clock.freeze(12_000);
    expect(a.isLeader()).toBe(false);
  });

  test('finds that another leads, and leaves it at that', async () => {
    const a = contender('a');
    await clock.pass(100);
    const mine = server.hinder;
    const b = contender('b', { clock });
    await clock.pass(100);
    // Only b goes on.
    server.hinder = ({ body, verb }) =>
      verb === 'update' && JSON.stringify(body).includes('"holderIdentity":"a"') ? unreachable() : undefined;
    await clock.pass(20_000);
    expect([a.isLeader(), b.isLeader()]).toEqual([false, true]);
    server.hinder = mine;
    await clock.pass(10_000);
    expect([a.isLeader(), b.isLeader()]).toEqual([false, true]);
    expect(log).toEqual(['a gained', 'a told to stop', 'a lost: the lease could not be renewed in time', 'b gained']);
  });
});

test('an answer that comes too late makes nobody leader', async () => {
  let answer: () => void = () => undefined;
  server.hinder = ({ verb }) => (verb === 'create' ? new Promise((resolve) => (answer = resolve)) : undefined);
  const a = contender('a');
  await clock.pass(11_000);
  answer();
  server.hinder = () => undefined;
  await clock.pass(0);
  expect(a.isLeader()).toBe(false);
  expect(log).toEqual([]);
  await clock.pass(2_100);
  expect(a.isLeader()).toBe(true);
});

test('of many electors that start at once, one becomes leader', async () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((identity) => contender(identity));
  for (let second = 0; second < 60; second += 1) {
    await clock.pass(1_000);
    expect(many.filter((one) => one.isLeader())).toHaveLength(1);
  }
  expect(log).toHaveLength(1);
});

test('a callback that throws is reported, and the election goes on', async () => {
  const faults: Error[] = [];
  const a = contender('a', {
    onGained: () => {
      throw new Error('mine');
    },
    onFault: (error) => faults.push(error),
  });
  await clock.pass(5_000);
  expect(a.isLeader()).toBe(true);
  expect(faults).toEqual([new Error('mine')]);
});
