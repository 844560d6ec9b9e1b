import { execFileSync } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster } from '../fixtures/operator/cluster.js';
import { byHand, files, git, head, writeState } from '../fixtures/operator/people.js';
import { demandPullSecrets } from '../fixtures/operator/pull-secrets.js';

let cluster: Cluster;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
beforeEach(async () => {
  harness = await Harness.open(cluster);
  await harness.projects(['a', 'b'], ['web']);
  await harness.ready(['a', 'b']);
  await until(async () => expect((await harness.integration()).status?.lastAppliedCommit).toBe(head(harness)));
});
afterEach(async () => harness.close());
afterAll(async () => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);

async function nothingLost(): Promise<void> {
  expect(harness.deletes()).toEqual([]);
  for (const name of ['a', 'b']) await demandPullSecrets(harness, name);
}

/** A namespace that is new afterwards still gets what it needs. */
async function goesOn(): Promise<void> {
  await harness.projects(['late'], ['web']);
  await harness.ready(['late']);
}

test('an emptied state repository deletes nothing', async () => {
  const before = head(harness);
  await byHand(harness, (clone) => rm(join(clone, 'clusters'), { recursive: true }));
  await until(async () => expect((await harness.integration()).status?.lastAppliedCommit).not.toBe(before));
  await goesOn();
  await nothingLost();
});

test('a state repository whose history was rewritten removes nothing', async () => {
  const tree = git(harness.remote, 'rev-parse', 'main^{tree}');
  const orphan = git(harness.remote, 'commit-tree', tree, '-m', 'Begin anew');
  git(harness.remote, 'update-ref', 'refs/heads/main', orphan);
  await until(async () => {
    const conditions = (await harness.integration()).status?.conditions ?? [];
    expect(conditions).toContainEqual(expect.objectContaining({ reason: 'HistoryDiverged' }));
  });
  await goesOn();
  await nothingLost();
  await harness.annotate({ 'quayside.dev/accept-history': head(harness) });
  await until(async () => {
    const { status } = await harness.integration();
    expect(status?.conditions).not.toContainEqual(expect.objectContaining({ reason: 'HistoryDiverged' }));
    expect(status?.lastAppliedCommit).toBe(head(harness));
  });
  await nothingLost();
});

test('a state repository that was reset to before an overlay removes nothing', async () => {
  const before = head(harness);
  const overlay = 'spec:\n  teams: [{name: made, members: [admin]}]\n  quota: {size: 10Gi}\n';
  await writeState(harness, `overlays/${harness.namespace('a')}.yaml`, overlay);
  const organization = `/organization/${harness.organization('a')}`;
  const quotas = (): Promise<readonly unknown[]> => harness.ask('GET', `${organization}/quota`);
  await until(async () => expect(await quotas()).toHaveLength(1));
  await until(async () => expect((await harness.integration()).status?.lastAppliedCommit).toBe(head(harness)));
  git(harness.remote, 'update-ref', 'refs/heads/main', before);
  await until(async () => expect(await harness.condition('Ready')).toMatchObject({ reason: 'HistoryDiverged' }));
  await goesOn();
  await nothingLost();
  expect((await harness.object('a')).spec).toMatchObject({ teams: [{ name: 'made' }], quota: { size: '10Gi' } });
  await harness.annotate({ 'quayside.dev/accept-history': head(harness) });
  await until(async () => expect(await quotas()).toEqual([]));
});

test('a state repository that was replaced by an empty one deletes nothing', async () => {
  const other = join(cluster.folder, `${harness.id}-other.git`);
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', other]);
  await harness.edit({ git: { url: `file://${other}`, interval: '1s' } });
  await until(() => expect(git(other, 'ls-tree', '-r', '--name-only', 'main')).toContain(harness.namespace('a')));
  await goesOn();
  await nothingLost();
});

test('a state repository that was deleted and created again deletes nothing', async () => {
  // Moved, which is one step: what is deleted file by file may still be written into.
  await rename(harness.remote, `${harness.remote}.deleted`);
  await until(async () => expect((await harness.condition('Ready')).status).toBe('False'));
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', harness.remote]);
  await until(() =>
    expect(files(harness)).toContain(`clusters/${harness.id}/organizations/${harness.namespace('a')}.yaml`),
  );
  await goesOn();
  await nothingLost();
});
