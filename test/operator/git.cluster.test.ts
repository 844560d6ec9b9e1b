import { chmod, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster } from '../fixtures/operator/cluster.js';
import { byHand, commits, files, git, head, writeState } from '../fixtures/operator/people.js';
import { demandPullSecrets } from '../fixtures/operator/pull-secrets.js';

let cluster: Cluster;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
beforeEach(async () => {
  harness = await Harness.open(cluster);
});
afterEach(async () => harness.close());
afterAll(async () => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const file = (name: string): string => `clusters/${harness.id}/organizations/${harness.namespace(name)}.yaml`;

test('a storm of namespaces becomes a handful of commits, and the same state none', async () => {
  const names = Array.from({ length: 40 }, (_, at) => `n${at}`);
  await harness.projects(names, ['web']);
  await harness.ready(names, 120_000);
  expect(files(harness).filter((path) => path.includes('/organizations/'))).toHaveLength(40);
  expect(commits(harness)).toBeLessThan(8);
  await until(async () => {
    const { status } = await harness.integration();
    expect(status).toMatchObject({ lastPublishedCommit: head(harness), lastAppliedCommit: head(harness) });
  });
  const message = git(harness.remote, 'log', '-1', '--format=%B');
  expect(message).toContain(harness.id);
  const commit = head(harness);
  await cluster.patch(['namespace', harness.namespace('n1')], { metadata: { labels: { colour: 'blue' } } });
  await harness.projects(['last']);
  await harness.ready(['last']);
  expect(git(harness.remote, 'rev-parse', 'main~1')).toBe(commit);
});

test('with external sync the documents are left in Git, and whoever applies them sets the rest going', async () => {
  await harness.editAndWait({ git: { sync: 'External' } });
  await harness.projects(['a'], ['web']);
  await until(() => expect(files(harness)).toContain(file('a')));
  await harness.projects(['b'], ['web']);
  await until(() => expect(files(harness)).toContain(file('b')));
  expect(await harness.hasObject('a')).toBe(false);
  expect(harness.organizations()).toEqual([]);
  const input = git(harness.remote, 'show', `main:${file('a')}`);
  await cluster.plane.kubectl(['apply', '--server-side', '-f', '-'], { input });
  await harness.ready(['a']);
  await demandPullSecrets(harness, 'a');
  expect(harness.organizations()).toEqual([harness.organization('a')]);
  // It is not for us to prune what somebody else applied.
  await byHand(harness, (clone) => git(clone, 'rm', '--quiet', file('a')));
  await harness.projects(['c']);
  await until(() => expect(files(harness)).toContain(file('c')));
  expect(await harness.hasObject('a')).toBe(true);
});

test('integrations that share a repository and a branch do not affect each other', async () => {
  const other = await Harness.open(cluster, { remote: harness.remote });
  await Promise.all([harness, other].map((one) => one.projects(['a', 'b'], ['web'])));
  for (const one of [harness, other]) await one.ready(['a', 'b']);
  expect(files(harness).filter((path) => path.includes('/organizations/'))).toHaveLength(4);
  await cluster.delete('quayintegrations.quay.redhat.com', other.id);
  await harness.projects(['c']);
  await harness.ready(['c']);
  expect(files(other).filter((path) => path.startsWith(`clusters/${other.id}/organizations/`))).toHaveLength(2);
  expect(other.deletes()).toEqual([]);
  await other.close();
});

test('people and the operator push at the same time, and both are kept', async () => {
  const names = Array.from({ length: 6 }, (_, at) => `n${at}`);
  for (const name of names) {
    await Promise.all([harness.projects([name]), writeState(harness, `notes/${name}.txt`, `${name}\n`)]);
  }
  await harness.ready(names);
  const tree = files(harness);
  for (const name of names)
    expect(tree).toEqual(expect.arrayContaining([file(name), `clusters/${harness.id}/notes/${name}.txt`]));
});

test('a remote that is away for a while is reported, what is in Quay is kept, and the pipeline continues afterwards', async () => {
  await harness.projects(['a']);
  await harness.ready(['a']);
  await rename(harness.remote, `${harness.remote}.away`);
  await harness.projects(['b']);
  await until(async () => {
    const ready = await harness.condition('Ready');
    expect(ready.status).toBe('False');
    expect(ready.reason).toMatch(/^Git/);
  });
  await harness.ask('DELETE', `/organization/${harness.organization('a')}/robots/builder`);
  await until(() => demandPullSecrets(harness, 'a'));
  await rename(`${harness.remote}.away`, harness.remote);
  await harness.ready(['a', 'b']);
  await until(async () => expect(await harness.condition('Ready')).toMatchObject({ status: 'True' }));
});

test('a remote that takes no push says so', async () => {
  await harness.projects(['a']);
  await harness.ready(['a']);
  const hook = join(harness.remote, 'hooks', 'pre-receive');
  git(harness.remote, 'config', 'core.hooksPath', 'hooks');
  await writeFile(hook, '#!/bin/sh\necho "the branch is protected" >&2\nexit 1\n');
  await chmod(hook, 0o755);
  await harness.projects(['b']);
  await until(async () => {
    const ready = await harness.condition('Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'PushDenied' });
    expect(ready.message).toContain('protected');
  });
  await chmod(hook, 0o644);
  await harness.ready(['b'], 90_000);
});
