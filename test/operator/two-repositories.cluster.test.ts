import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FaultProxy } from '../control-plane/proxy/fault-proxy.js';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster } from '../fixtures/operator/cluster.js';
import { imageStream } from '../fixtures/operator/objects.js';
import { files, git, head } from '../fixtures/operator/people.js';
import { tokens } from '../fixtures/operator/pull-secrets.js';

let cluster: Cluster;
let proxy: FaultProxy;
let older: Harness;
let younger: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
  proxy = await cluster.plane.proxy();
  await start();
  // Of two that nobody has seen before, the older, and then the first by name, would win.
  older = await Harness.open(cluster, { id: 'a1' });
  younger = await Harness.open(cluster, { id: 'b2' });
});
afterAll(async () => {
  await cluster.close();
  await proxy.stop();
  await Promise.all([older, younger].map((harness) => harness.quay.close()));
});

const start = (): Promise<unknown> => cluster.start({ kubeconfig: proxy.kubeconfig });
const file = (harness: Harness, name: string): string =>
  `clusters/${harness.id}/organizations/${harness.namespace(name)}.yaml`;
/** The documents that a state repository ever held. */
const everHeld = ({ remote }: Harness): readonly string[] => {
  const paths = git(remote, 'log', '--all', '--format=', '--name-only').split('\n');
  return [...new Set(paths.filter((path) => path.includes('/organizations/')))].sort();
};
const demandConflict = async (): Promise<void> => {
  const conflict = await older.condition('Conflict');
  expect(conflict).toMatchObject({ status: 'True', reason: 'Conflict' });
  expect(conflict.message).toContain(younger.namespace('shared'));
};

test('integrations with repositories of their own write each its own, and who has a namespace keeps it over a restart', async () => {
  const pair = [older, younger];
  await older.projects(['own']);
  await younger.projects(['shared']);
  await older.ready(['own']);
  await younger.ready(['shared']);
  expect(everHeld(older)).toEqual([file(older, 'own')]);
  expect(everHeld(younger)).toEqual([file(younger, 'shared')]);

  const ids = pair.map(({ id }) => id);
  const matchExpressions = [{ key: 'example.test/bridge', operator: 'In', values: ids }];
  await older.edit({ namespaceSelector: { matchLabels: null, matchExpressions } });
  await cluster.eventually(demandConflict);

  const before = { object: (await younger.object('shared')).metadata.uid, tokens: await tokens(younger, 'shared') };
  const heads = pair.map(head);
  await cluster.stopOperators();
  // Who has the namespace is the last to be connected again.
  younger.quay.faults.inject({ method: 'GET', delayMs: 5_000, times: 2 });
  await start();
  // Each has gone its way since the restart, when what is new is there.
  await older.projects(['late']);
  await cluster.create(imageStream(younger.namespace('shared'), 'web'));
  await older.ready(['late']);
  await cluster.eventually(() => younger.ask('GET', `/repository/${younger.organization('shared')}/web`));
  await younger.ready(['shared']);
  await cluster.eventually(demandConflict);

  expect((await younger.object('shared')).metadata.uid).toBe(before.object);
  expect(await tokens(younger, 'shared')).toEqual(before.tokens);
  expect(everHeld(older)).toEqual([file(older, 'late'), file(older, 'own')]);
  expect(everHeld(younger)).toEqual([file(younger, 'shared')]);
  expect(files(younger)).toContain(file(younger, 'shared'));
  // The restart alone is no commit.
  expect(pair.map(({ remote }) => git(remote, 'rev-parse', 'main~1'))).toEqual(heads);
  expect(older.organizations()).toEqual(['late', 'own'].map((name) => older.organization(name)));
  expect(younger.organizations()).toEqual([younger.organization('shared')]);
  for (const harness of pair) expect(harness.deletes()).toEqual([]);
});

test('who has a namespace keeps it while the objects that show it cannot be read', async () => {
  const objects = { method: 'GET', path: /\/quayorganizations/ };
  proxy.arm(objects, { kind: 'answer', status: 503 });
  proxy.cut(objects);
  await older.projects(['later']);
  await cluster.eventually(() => expect(files(older)).toContain(file(older, 'later')));
  proxy.clear();
  await older.ready(['later']);
  await younger.ready(['shared']);
  expect(everHeld(older)).toEqual(['late', 'later', 'own'].map((name) => file(older, name)));
  expect(younger.organizations()).toEqual([younger.organization('shared')]);
});
