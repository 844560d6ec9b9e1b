import { chmod, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Bridge } from './harness.js';
import { Cluster } from './cluster.js';
import { byHand, commits, files, git, head, writeState } from './people.js';
import { demandPullSecrets } from './pull-secrets.js';

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
beforeEach(async () => {
  bridge = await Bridge.open(cluster);
});
afterEach(async () => bridge.close());
afterAll(async () => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const file = (name: string): string => `clusters/${bridge.id}/organizations/${bridge.namespace(name)}.yaml`;

test('a storm of namespaces becomes a handful of commits, and the same state none', async () => {
  const names = Array.from({ length: 40 }, (_, at) => `n${at}`);
  await bridge.projects(names, ['web']);
  await bridge.ready(names, 120_000);
  expect(files(bridge).filter((path) => path.includes('/organizations/'))).toHaveLength(40);
  expect(commits(bridge)).toBeLessThan(8);
  await until(async () => {
    const { status } = await bridge.integration();
    expect(status).toMatchObject({ lastPublishedCommit: head(bridge), lastAppliedCommit: head(bridge) });
  });
  const message = git(bridge.remote, 'log', '-1', '--format=%B');
  expect(message).toContain(bridge.id);
  const commit = head(bridge);
  await cluster.plane.kubectl(['label', 'namespace', bridge.namespace('n1'), 'colour=blue']);
  await bridge.projects(['last']);
  await bridge.ready(['last']);
  expect(git(bridge.remote, 'rev-parse', 'main~1')).toBe(commit);
});

test('with external sync the documents are left in Git, and whoever applies them sets the rest going', async () => {
  await bridge.edit({ git: { sync: 'External' } });
  await bridge.projects(['a'], ['web']);
  await until(() => expect(files(bridge)).toContain(file('a')));
  await bridge.projects(['b'], ['web']);
  await until(() => expect(files(bridge)).toContain(file('b')));
  expect(await bridge.hasObject('a')).toBe(false);
  expect(bridge.organizations()).toEqual([]);
  const input = git(bridge.remote, 'show', `main:${file('a')}`);
  await cluster.plane.kubectl(['apply', '--server-side', '-f', '-'], { input });
  await bridge.ready(['a']);
  await demandPullSecrets(bridge, 'a');
  expect(bridge.organizations()).toEqual([bridge.organization('a')]);
  // It is not for us to prune what somebody else applied.
  await byHand(bridge, (clone) => git(clone, 'rm', '--quiet', file('a')));
  await bridge.projects(['c']);
  await until(() => expect(files(bridge)).toContain(file('c')));
  expect(await bridge.hasObject('a')).toBe(true);
});

test('integrations that share a repository and a branch leave each other alone', async () => {
  const other = await Bridge.open(cluster, { remote: bridge.remote });
  await Promise.all([bridge, other].map((one) => one.projects(['a', 'b'], ['web'])));
  for (const one of [bridge, other]) await one.ready(['a', 'b']);
  expect(files(bridge).filter((path) => path.includes('/organizations/'))).toHaveLength(4);
  await cluster.delete('quayintegrations.quay.redhat.com', other.id);
  await bridge.projects(['c']);
  await bridge.ready(['c']);
  expect(files(other).filter((path) => path.startsWith(`clusters/${other.id}/organizations/`))).toHaveLength(2);
  expect(other.deletes()).toEqual([]);
  await other.close();
});

test('people and the operator push at the same time, and both are kept', async () => {
  const names = Array.from({ length: 6 }, (_, at) => `n${at}`);
  for (const name of names) {
    await Promise.all([bridge.projects([name]), writeState(bridge, `notes/${name}.txt`, `${name}\n`)]);
  }
  await bridge.ready(names);
  const tree = files(bridge);
  for (const name of names)
    expect(tree).toEqual(expect.arrayContaining([file(name), `clusters/${bridge.id}/notes/${name}.txt`]));
});

test('a remote that is away for a while is told, what is in Quay is kept, and the way goes on afterwards', async () => {
  await bridge.projects(['a']);
  await bridge.ready(['a']);
  await rename(bridge.remote, `${bridge.remote}.away`);
  await bridge.projects(['b']);
  await until(async () => {
    const ready = await bridge.condition('Ready');
    expect(ready.status).toBe('False');
    expect(ready.reason).toMatch(/^Git/);
  });
  await bridge.ask('DELETE', `/organization/${bridge.organization('a')}/robots/builder`);
  await until(() => demandPullSecrets(bridge, 'a'));
  await rename(`${bridge.remote}.away`, bridge.remote);
  await bridge.ready(['a', 'b']);
  await until(async () => expect(await bridge.condition('Ready')).toMatchObject({ status: 'True' }));
});

test('a remote that takes no push says so', async () => {
  await bridge.projects(['a']);
  await bridge.ready(['a']);
  const hook = join(bridge.remote, 'hooks', 'pre-receive');
  git(bridge.remote, 'config', 'core.hooksPath', 'hooks');
  await writeFile(hook, '#!/bin/sh\necho "the branch is protected" >&2\nexit 1\n');
  await chmod(hook, 0o755);
  await bridge.projects(['b']);
  await until(async () => {
    const ready = await bridge.condition('Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'PushDenied' });
    expect(ready.message).toContain('protected');
  });
  await chmod(hook, 0o644);
  await bridge.ready(['b'], 90_000);
});
