import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { start } from '../support/quayside.js';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster, home } from '../fixtures/operator/cluster.js';
import { demandPullSecrets } from '../fixtures/operator/pull-secrets.js';
import { synthesized } from './synthesized.js';

// Without a volume: what lets go of those does not run in this control plane.
const { folder, remove: forget } = synthesized({ gitUrl: 'https://git.example.com/state.git' });
const core = join(folder, 'quayside.yaml');
afterAll(forget);
const kinds = ['quayintegrations.quay.redhat.com', 'quayintegrations.redhatcop.redhat.io', 'quayorganizations'];

let cluster: Cluster;
let harness: Harness;
beforeEach(async () => {
  cluster = await Cluster.open();
  await cluster.plane.kubectl(['apply', '--server-side', '--force-conflicts', '-f', core]);
  harness = await Harness.open(cluster);
  await cluster.start();
  await harness.projects(['kept'], ['web']);
  await harness.ready(['kept']);
});
afterEach(async () => {
  await cluster.close();
  await harness.quay.close();
});

const remove = (): Promise<string> => cluster.plane.kubectl(['delete', '--timeout=60s', '-f', core]);

async function demandNothingLost(): Promise<void> {
  expect(harness.deletes()).toEqual([]);
  await demandPullSecrets(harness, 'kept');
  const { items } = await cluster.get<{ items: { metadata: { name: string } }[] }>(
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
  );
  // Those of a registry are installed, and removed, apart: the Quay Operator may own them.
  const left = items.map(({ metadata }) => metadata.name).filter((name) => /^quay(?!regist)/.test(name));
  expect(left).toEqual([]);
  expect(await cluster.has(`/api/v1/namespaces/${home}`)).toBe(false);
}

test('an uninstall in the documented order leaves nothing Terminating and loses nothing', async () => {
  for (const kind of kinds) await cluster.plane.kubectl(['delete', kind, '--all', '--timeout=60s']);
  await cluster.stopOperators();
  await remove();
  await demandNothingLost();
});

test('`release` removes finalizers when the operator was uninstalled first', async () => {
  await cluster.stopOperators();
  await cluster.delete('quayorganizations', '--all');
  const path = `/apis/quayside.dev/v1alpha1/quayorganizations/${harness.id}.${harness.namespace('kept')}`;
  expect(await cluster.has(path)).toBe(true);
  const release = ['release', '--kubeconfig', cluster.plane.kubeconfig, '--namespace', home];
  const { code, stdout, stderr } = await start(release, { cwd: cluster.folder }).finished;
  expect({ code, stderr, stdout }).toMatchObject({ code: 0 });
  await cluster.eventually(async () => expect(await cluster.has(path)).toBe(false));
  await remove();
  await demandNothingLost();
});
