import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import { createElector, type Elector, type ElectorOptions } from '../../../src/kube/lease/elector.js';
import { resourceTypes } from '../../../src/kube/resource-type.js';
import { readObject } from '../../../src/kube/write/apply.js';
import { type SharedControlPlane } from '../../control-plane/control-plane.js';
import { eventually } from '../../support/eventually.js';
import { createNamespace } from '../../control-plane/namespace.js';
import { type FaultProxy } from '../../control-plane/proxy/fault-proxy.js';
import { sharedControlPlane } from '../../control-plane/shared.js';
import { clientAt } from '../../support/client-at.js';

let controlPlane: SharedControlPlane;
let namespace: string;
let proxy: FaultProxy;
let clients: KubeClient[];
const running: Elector[] = [];
const log: string[] = [];

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
});
beforeEach(async () => {
  namespace = await createNamespace(controlPlane, 'lease');
  proxy = await controlPlane.proxy();
  clients = [clientAt(proxy.kubeconfig, 'first'), clientAt(controlPlane.kubeconfig, 'second')];
  log.length = 0;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await Promise.all(clients.map((client) => client.close()));
  await proxy.stop();
});

// Two fifths of the times of everyday life: shorter ones are over when a busy machine has not answered yet.
const times = { leaseSeconds: 6, renewSeconds: 4, retrySeconds: 0.8 };

function contender(at: number, identity: string, more: Partial<ElectorOptions> = {}): Elector {
  const client = clients[at];
  if (client === undefined) throw new Error('no such client');
  const elector = createElector(client, {
    namespace,
    name: 'quayside',
    identity,
    ...times,
    onGained: () => log.push(`${identity} gained`),
    onLost: () => log.push(`${identity} lost`),
    ...more,
  });
  elector.start();
  running.push(elector);
  return elector;
}

const leads = (elector: Elector): Promise<void> => eventually(() => expect(elector.isLeader()).toBe(true));

/** Watches closely that never two lead at once; gives the longest time in which none did. */
function referee(electors: readonly Elector[]): { readonly stop: () => { together: number } } {
  let together = 0;
  const timer = setInterval(() => {
    if (electors.filter((one) => one.isLeader()).length > 1) together += 1;
  }, 2).unref();
  return {
    stop: () => {
      clearInterval(timer);
      return { together };
    },
  };
}

test('the second elector takes over at once when the first releases the lease', async () => {
  // Nobody lives to see the end of such a lease.
  const long = { leaseSeconds: 3_600, renewSeconds: 2_400 };
  const first = contender(0, 'first', long);
  await leads(first);
  const second = contender(1, 'second', long);
  await eventually(() => expect(second.leader()).toBe('first'));
  await first.stop();
  await leads(second);
  const lease = await readObject(clients[1] as KubeClient, resourceTypes.lease, { namespace, name: 'quayside' });
  expect(lease).toMatchObject({ spec: { holderIdentity: 'second', leaseTransitions: 1 } });
});

test('a leader whose connection is frozen stops before the second begins, and both never lead at once', async () => {
  const first = contender(0, 'first');
  await leads(first);
  const second = contender(1, 'second');
  await eventually(() => expect(second.leader()).toBe('first'));
  const { stop } = referee([first, second]);
  proxy.arm({ path: /leases/ }, { kind: 'freeze', at: 'before' });
  await leads(second);
  expect(log).toEqual(['first gained', 'first lost', 'second gained']);
  proxy.clear();
  await eventually(() => expect(first.leader()).toBe('second'));
  expect(stop().together).toBe(0);
  expect([first.isLeader(), second.isLeader()]).toEqual([false, true]);
});

test('a renewal that arrived without its answer counts as none, and is made good', async () => {
  const first = contender(0, 'first');
  await leads(first);
  const fault = proxy.arm({ method: 'PUT', path: /leases/ }, { kind: 'cut', at: 'after' }, { times: 2 });
  await eventually(() => expect(fault.hits).toBe(2));
  await eventually(() => expect(proxy.requests.filter(({ method }) => method === 'PUT').length).toBeGreaterThan(4));
  expect(first.isLeader()).toBe(true);
  expect(log).toEqual(['first gained']);
});

test('an election works with clocks that are hours apart', async () => {
  const first = contender(0, 'first', { wallClock: () => new Date('2001-01-01') });
  await leads(first);
  const second = contender(1, 'second', { wallClock: () => new Date('2077-01-01') });
  const { stop } = referee([first, second]);
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  expect(stop().together).toBe(0);
  expect(log).toEqual(['first gained']);
});

test('a lease that somebody deletes has one leader again', async () => {
  const first = contender(0, 'first');
  await leads(first);
  const second = contender(1, 'second');
  await eventually(() => expect(second.leader()).toBe('first'));
  const { stop } = referee([first, second]);
  await controlPlane.edits.delete('lease', 'quayside', '-n', namespace);
  // Longer than a lease holds, so that both have had to find out.
  const made = proxy.requests.length;
  await eventually(() => expect(proxy.requests.length).toBeGreaterThan(made + 16));
  await eventually(() => expect([first, second].filter((one) => one.isLeader())).toHaveLength(1));
  expect(stop().together).toBe(0);
});

test('of two electors that start at once, one becomes leader', async () => {
  const both = [contender(0, 'first'), contender(1, 'second')];
  await eventually(() => expect(both.filter((one) => one.isLeader())).toHaveLength(1));
  const { stop } = referee(both);
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  expect(stop().together).toBe(0);
  expect(log).toHaveLength(1);
});
