import { existsSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FaultProxy } from '../control-plane/proxy/fault-proxy.js';
import { Bridge } from './harness.js';
import { Cluster, home } from './cluster.js';
import { conditionOf } from './objects.js';
import { git } from './people.js';
import { demandPullSecrets } from './pull-secrets.js';

let cluster: Cluster;
let proxy: FaultProxy;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  proxy = await cluster.plane.proxy();
  bridge = await Bridge.open(cluster, { spec: { interval: '10m' } });
});
afterAll(async () => {
  await cluster.close();
  await proxy.stop();
  await bridge.quay.close();
});

const lease = `/apis/coordination.k8s.io/v1/namespaces/${home}/leases/quayside`;
const renewed = async (): Promise<string> =>
  (await cluster.get<{ readonly spec: { readonly renewTime: string } }>(lease)).spec.renewTime;
/** What went to the API server through the proxy and was to change something there. */
const writes = (since = 0): readonly string[] =>
  proxy.requests
    .slice(since)
    .filter(({ method, path }) => method !== 'GET' && path !== lease)
    .map(({ method, path }) => `${method} ${path}`);

/** From now on a push stays where it is until it is let go. */
async function holdPushes(): Promise<{ readonly isHeld: () => boolean; readonly letGo: () => Promise<void> }> {
  const [hook, held] = ['hooks/pre-receive', 'held'].map((name) => join(bridge.remote, name)) as [string, string];
  git(bridge.remote, 'config', 'core.hooksPath', 'hooks');
  await writeFile(hook, `#!/bin/sh\ntouch '${held}'\nwhile test -e '${held}'; do sleep 0.1; done\n`);
  await chmod(hook, 0o755);
  return {
    isHeld: () => existsSync(held),
    letGo: async () => {
      await chmod(hook, 0o644);
      await rm(held);
    },
  };
}

test('a lease that is lost and won again by a process that is still ending begins no second term and lets nothing be written', async () => {
  const operator = await cluster.start({ kubeconfig: proxy.kubeconfig });
  const creation = { method: 'POST', path: '/api/v1/organization/$' };
  // Longer than a lease can go without being renewed, shorter than a call may take.
  bridge.quay.faults.inject({ ...creation, delayMs: 27_000 });
  await bridge.projects(['a']);
  // Its organization is on its way to Quay.
  await cluster.eventually(async () =>
    expect(conditionOf(await bridge.object('a'), 'Ready').message).toContain('being brought in line'),
  );
  const pushes = await holdPushes();
  await bridge.projects(['b']);
  await cluster.eventually(() => expect(pushes.isHeld()).toBe(true));

  const lost = proxy.arm({ path: /\/leases/ }, { kind: 'answer', status: 503 });
  await cluster.eventually(() => expect(operator.log()).toContain('the lease was lost'));
  const [before, requests] = [await renewed(), proxy.requests.length];
  lost.lift();
  await cluster.eventually(async () => expect(await renewed()).not.toBe(before));

  // Both the answer of Quay and the end of the push find an operator whose term is over.
  await cluster.eventually(() => expect(bridge.organizations()).toEqual([bridge.organization('a')]));
  await cluster.eventually(() => expect(operator.log()).toContain('does not lead any more'));
  expect(operator.log().match(/"msg":"leading"/g)).toHaveLength(1);
  await pushes.letGo();
  expect((await operator.finished).code).toBe(1);
  expect(writes(requests)).toEqual([]);
  expect(await bridge.hasObject('b')).toBe(false);

  // The next process does what is left, and finds nothing twice.
  await cluster.start();
  await bridge.ready(['a', 'b']);
  for (const name of ['a', 'b']) await demandPullSecrets(bridge, name);
  expect(bridge.quay.requests.writes().filter(({ status }) => status >= 400)).toEqual([]);
  const created = bridge.quay.requests.writes().filter(({ path }) => path === '/api/v1/organization/');
  expect(created).toHaveLength(2);
  expect(bridge.deletes()).toEqual([]);
});
