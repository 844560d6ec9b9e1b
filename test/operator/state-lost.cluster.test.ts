import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Bridge } from './harness.js';
import { Cluster } from './cluster.js';
import { byHand, files, git, head, writeState } from './people.js';
import { demandPullSecrets } from './pull-secrets.js';

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
beforeEach(async () => {
  bridge = await Bridge.open(cluster);
  await bridge.projects(['a', 'b'], ['web']);
  await bridge.ready(['a', 'b']);
  await until(async () => expect((await bridge.integration()).status?.lastAppliedCommit).toBe(head(bridge)));
});
afterEach(async () => bridge.close());
afterAll(async () => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);

async function nothingLost(): Promise<void> {
  expect(bridge.deletes()).toEqual([]);
  for (const name of ['a', 'b']) await demandPullSecrets(bridge, name);
}

/** A namespace that is new afterwards still gets what it needs. */
async function goesOn(): Promise<void> {
  await bridge.projects(['late'], ['web']);
  await bridge.ready(['late']);
}

test('a state repository that somebody emptied', async () => {
  const before = head(bridge);
  await byHand(bridge, (clone) => rm(join(clone, 'clusters'), { recursive: true }));
  await until(async () => expect((await bridge.integration()).status?.lastAppliedCommit).not.toBe(before));
  await goesOn();
  await nothingLost();
});

test('a state repository whose history was rewritten', async () => {
  const tree = git(bridge.remote, 'rev-parse', 'main^{tree}');
  const orphan = git(bridge.remote, 'commit-tree', tree, '-m', 'Begin anew');
  git(bridge.remote, 'update-ref', 'refs/heads/main', orphan);
  await until(async () => {
    const conditions = (await bridge.integration()).status?.conditions ?? [];
    expect(conditions).toContainEqual(expect.objectContaining({ reason: 'HistoryDiverged' }));
  });
  await goesOn();
  await nothingLost();
  await bridge.annotate({ 'quayside.dev/accept-history': head(bridge) });
  await until(async () => {
    const { status } = await bridge.integration();
    expect(status?.conditions).not.toContainEqual(expect.objectContaining({ reason: 'HistoryDiverged' }));
    expect(status?.lastAppliedCommit).toBe(head(bridge));
  });
  await nothingLost();
});

test('a state repository that was set back to before an overlay', async () => {
  const before = head(bridge);
  const overlay = 'spec:\n  teams: [{name: made, members: [admin]}]\n  quota: {size: 10Gi}\n';
  await writeState(bridge, `overlays/${bridge.namespace('a')}.yaml`, overlay);
  const organization = `/organization/${bridge.organization('a')}`;
  const quotas = (): Promise<readonly unknown[]> => bridge.ask('GET', `${organization}/quota`);
  await until(async () => expect(await quotas()).toHaveLength(1));
  await until(async () => expect((await bridge.integration()).status?.lastAppliedCommit).toBe(head(bridge)));
  git(bridge.remote, 'update-ref', 'refs/heads/main', before);
  await until(async () => expect(await bridge.condition('Ready')).toMatchObject({ reason: 'HistoryDiverged' }));
  await goesOn();
  await nothingLost();
  expect((await bridge.object('a')).spec).toMatchObject({ teams: [{ name: 'made' }], quota: { size: '10Gi' } });
  await bridge.annotate({ 'quayside.dev/accept-history': head(bridge) });
  await until(async () => expect(await quotas()).toEqual([]));
});

test('a state repository that was replaced by an empty one', async () => {
  const other = join(cluster.folder, `${bridge.id}-other.git`);
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', other]);
  await bridge.edit({ git: { url: `file://${other}`, interval: '1s' } });
  await until(() => expect(git(other, 'ls-tree', '-r', '--name-only', 'main')).toContain(bridge.namespace('a')));
  await goesOn();
  await nothingLost();
});

test('a state repository that somebody deleted and made again', async () => {
  await rm(bridge.remote, { recursive: true });
  await until(async () => expect((await bridge.condition('Ready')).status).toBe('False'));
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', bridge.remote]);
  await until(() =>
    expect(files(bridge)).toContain(`clusters/${bridge.id}/organizations/${bridge.namespace('a')}.yaml`),
  );
  await goesOn();
  await nothingLost();
});
