import { existsSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FaultProxy } from '../control-plane/proxy/fault-proxy.js';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster, home } from '../fixtures/operator/cluster.js';
import { conditionOf } from '../fixtures/operator/objects.js';
import { git } from '../fixtures/operator/people.js';
import { demandPullSecrets } from '../fixtures/operator/pull-secrets.js';

let cluster: Cluster;
let proxy: FaultProxy;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
  proxy = await cluster.plane.proxy();
  harness = await Harness.open(cluster, { spec: { interval: '10m' } });
});
afterAll(async () => {
  await cluster.close();
  await proxy.stop();
  await harness.quay.close();
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
async function holdPushes(): Promise<{
  readonly isHeld: () => boolean;
  readonly removeFinalizer: () => Promise<void>;
}> {
  const [hook, held] = ['hooks/pre-receive', 'held'].map((name) => join(harness.remote, name)) as [string, string];
  git(harness.remote, 'config', 'core.hooksPath', 'hooks');
  await writeFile(hook, `#!/bin/sh\ntouch '${held}'\nwhile test -e '${held}'; do sleep 0.1; done\n`);
  await chmod(hook, 0o755);
  return {
    isHeld: () => existsSync(held),
    removeFinalizer: async () => {
      await chmod(hook, 0o644);
      await rm(held);
    },
  };
}

test('a lease that is lost and acquired again by a process that is shutting down starts no controllers and writes nothing', async () => {
  const operator = await cluster.start({ kubeconfig: proxy.kubeconfig });
  const creation = { method: 'POST', path: '/api/v1/organization/$' };
  // Longer than a lease can go without being renewed, shorter than a call may take.
  harness.quay.faults.inject({ ...creation, delayMs: 27_000 });
  await harness.projects(['a']);
  // Its organization is on its way to Quay.
  await cluster.eventually(async () =>
    expect(conditionOf(await harness.object('a'), 'Ready').message).toContain('applying changes to Quay'),
  );
  const pushes = await holdPushes();
  await harness.projects(['b']);
  await cluster.eventually(() => expect(pushes.isHeld()).toBe(true));

  const lost = proxy.arm({ path: /\/leases/ }, { kind: 'answer', status: 503 });
  await cluster.eventually(() => expect(operator.log()).toContain('the lease was lost'));
  const [before, requests] = [await renewed(), proxy.requests.length];
  lost.lift();
  await cluster.eventually(async () => expect(await renewed()).not.toBe(before));

  // Both the answer of Quay and the end of the push find an operator whose term is over.
  await cluster.eventually(() => expect(harness.organizations()).toEqual([harness.organization('a')]));
  await cluster.eventually(() => expect(operator.log()).toContain('is no longer the leader'));
  expect(operator.log().match(/"msg":"became leader"/g)).toHaveLength(1);
  await pushes.removeFinalizer();
  expect((await operator.finished).code).toBe(1);
  expect(writes(requests)).toEqual([]);
  expect(await harness.hasObject('b')).toBe(false);

  // The next process does what is left, and finds nothing twice.
  await cluster.start();
  await harness.ready(['a', 'b']);
  for (const name of ['a', 'b']) await demandPullSecrets(harness, name);
  expect(harness.quay.requests.writes().filter(({ status }) => status >= 400)).toEqual([]);
  const created = harness.quay.requests.writes().filter(({ path }) => path === '/api/v1/organization/');
  expect(created).toHaveLength(2);
  expect(harness.deletes()).toEqual([]);
});
