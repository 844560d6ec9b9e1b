import { expect, test } from '@jest/globals';
import { writes } from '../../control-plane/audit/filter.js';
import { start } from '../../support/quayside.js';
import { imageStream } from '../../fixtures/operator/objects.js';
import { cluster, count, harness, names } from './cluster.js';

interface Planned {
  readonly changeSet: { readonly totals: Readonly<Record<string, number>> };
  readonly git: Readonly<Record<'added' | 'changed' | 'removed', readonly unknown[]>>;
}

async function plan(): Promise<Readonly<Record<string, number>>> {
  const args = ['plan', '--kubeconfig', cluster.plane.kubeconfig, '--integration', harness.id, '-o', 'json'];
  const running = start(args, { cwd: cluster.folder, environment: { QUAYSIDE_CACHE: `${cluster.folder}/plan` } });
  const { code, stdout, stderr } = await running.finished;
  if (code === 1) throw new Error(stderr);
  const { changeSet, git } = JSON.parse(stdout) as Planned;
  const { organizations, planned, refused, unknown } = changeSet.totals;
  const [add, change, remove] = [git.added.length, git.changed.length, git.removed.length];
  return Object.fromEntries(
    Object.entries({ organizations, planned, refused, unknown, add, change, remove }).map(([key, n]) => [key, n ?? -1]),
  );
}

test(
  `over ${count} organizations a suspended integration says what it would do, and then does just that`,
  async () => {
    await cluster.stopOperators();
    harness.quay.requests.reset();
    await harness.edit({ suspend: true, interval: '10s', fullInterval: null });

    // Something of every kind to do: a new namespace, a new stream, one that is gone, and things changed in Quay.
    await harness.projects(['new'], ['web']);
    await cluster.create(imageStream(harness.namespace('n1'), 'late'));
    await cluster.delete('imagestream', 'web', '-n', harness.namespace('n2'));
    await harness.ask('DELETE', `/organization/${harness.organization('n3')}/robots/default`);
    await harness.loseOrganization('n4');
    const expected = await plan();
    expect(expected).toMatchObject({ add: 1, change: 2, remove: 0 });
    harness.quay.requests.reset();
    await cluster.plane.audit.reset();

    await cluster.start();
    await cluster.eventually(async () => {
      const { status } = await harness.integration();
      expect(status?.plan).toMatchObject(expected);
      expect(status?.conditions).toContainEqual(expect.objectContaining({ reason: 'Suspended' }));
    }, 120_000);
    expect(harness.quay.requests.writes()).toEqual([]);
    const written = await cluster.plane.audit.counts({ userAgent: 'quayside-operator', verb: writes });
    const allowed = /^(create|update|patch) (leases|events|quayintegrations\/status)$/;
    expect(Object.keys(written).filter((kind) => !allowed.test(kind))).toEqual([]);

    await harness.edit({ suspend: false });
    await harness.ready([...names, 'new'], 120_000);
    await cluster.eventually(
      async () => expect(await plan()).toMatchObject({ planned: 0, add: 0, change: 0 }),
      120_000,
    );
    await cluster.eventually(async () => expect((await harness.integration()).status?.plan).toBeUndefined(), 30_000);
    expect(harness.deletes()).toEqual([]);
  },
  400_000 + count * 2_000,
);
