import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Cluster } from '../fixtures/operator/cluster.js';
import { Harness } from '../fixtures/operator/harness.js';
import { files, git } from '../fixtures/operator/people.js';

let folder: string;
let first: Harness;
let original: Harness;
let copy: Harness;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-backup-'));
  const cluster = await Cluster.open();
  await cluster.start();
  first = await Harness.open(cluster, { id: 'twins' });
  // Long enough that the other one has looked before a term counts.
  await first.edit({ git: { url: `file://${first.remote}`, interval: '5s' } });
  await first.projects(['a', 'b', 'c']);
  await first.ready(['a', 'b', 'c']);
  await cluster.eventually(async () => expect(await termOf(first)).toBe(ref()));
  await cluster.backUp(join(folder, 'etcd'));
  const data = join(folder, 'etcd');
  [original, copy] = (await Promise.all([1, 2].map(async () => first.over(await Cluster.open({ data }))))) as [
    Harness,
    Harness,
  ];
});
afterAll(async () => {
  await Promise.all([original, copy].map((one) => one?.cluster.close()));
  await first?.quay.close();
  await rm(folder, { recursive: true, force: true });
});

const ref = (): string => git(first.remote, 'rev-parse', '--verify', 'refs/quayside/term/twins/twins').trim();
const termOf = async (harness: Harness): Promise<string | undefined> => {
  const { status } = await harness.integration();
  return (status?.term as { current?: string } | undefined)?.current;
};
const synced = (harness: Harness): Promise<unknown> =>
  harness.cluster.eventually(async () =>
    expect(await harness.condition('Ready')).toMatchObject({ status: 'True', reason: 'Synced' }),
  );
const duplicated = (harness: Harness): Promise<unknown> =>
  harness.cluster.eventually(async () =>
    expect(await harness.condition('Ready')).toMatchObject({ status: 'False', reason: 'InstallationDuplicated' }),
  );
const file = (name: string): string => `clusters/twins/organizations/${first.namespace(name)}.yaml`;

test('S18 a cluster that was restored beside the original is told at its start, removes nothing, and goes on growing', async () => {
  const before = ref();
  await original.cluster.start();
  await original.cluster.eventually(() => expect(ref()).not.toBe(before));
  await original.cluster.eventually(async () => expect(await termOf(original)).toBe(ref()));
  await synced(original);
  const term = ref();

  await copy.cluster.start();
  await duplicated(copy);
  await copy.cluster.delete('namespace', copy.namespace('b'));
  await copy.cluster.eventually(async () =>
    expect(await copy.cluster.has(`/api/v1/namespaces/${copy.namespace('b')}`)).toBe(false),
  );
  await copy.projects(['late']);
  await copy.cluster.eventually(() => expect(files(first)).toContain(file('late')));
  await copy.ready(['late']);

  expect(files(first)).toContain(file('b'));
  expect(first.deletes()).toEqual([]);
  // Who only starts and is the second has written no term.
  expect(ref()).toBe(term);
  expect(await original.condition('Ready')).toMatchObject({ reason: 'Synced' });
});

test('S18 a copy that has the newest term takes it over, the original objects, and both remove nothing until a person agrees', async () => {
  await copy.cluster.stopOperators();
  // As a backup of a moment ago would have it.
  const status = { term: { current: ref() } };
  await copy.cluster.merge('/apis/quay.redhat.com/v1/quayintegrations/twins/status', { status });
  await copy.cluster.start();
  await Promise.all([duplicated(original), duplicated(copy)]);

  await original.cluster.delete('namespace', original.namespace('c'));
  await original.cluster.eventually(async () =>
    expect(await original.cluster.has(`/api/v1/namespaces/${original.namespace('c')}`)).toBe(false),
  );
  await original.projects(['later']);
  await original.ready(['later']);
  expect(files(first)).toContain(file('c'));
  expect(first.deletes()).toEqual([]);

  const term = ref().slice(0, 12);
  await original.cluster.eventually(async () =>
    expect((await original.condition('Ready')).message).toMatch(
      new RegExp(`accept-term of the integration to ${term}$`),
    ),
  );
  await original.annotate({ 'quayside.dev/accept-term': term });
  await synced(original);
  await original.cluster.eventually(() => expect(first.organizations()).not.toContain(first.organization('c')));
  expect(first.organizations()).toContain(first.organization('b'));
  // The annotation has done its work; the copy still knows that it is one.
  await original.cluster.eventually(async () => {
    const { metadata } = await original.integration();
    expect(metadata.annotations ?? {}).not.toHaveProperty('quayside.dev/accept-term');
  });
  await duplicated(copy);
});
