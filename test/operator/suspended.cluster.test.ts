import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writes } from '../control-plane/audit/filter.js';
import { start } from '../cli/quayside.js';
import { Bridge } from './harness.js';
import { Cluster } from './cluster.js';
import { imageStream } from './objects.js';

const count = Number(process.env.QUAYSIDE_TEST_NAMESPACES ?? 100);

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
});
afterAll(async () => {
  await cluster.close();
  await bridge.quay.close();
});

interface Planned {
  readonly changeSet: { readonly totals: Readonly<Record<string, number>> };
  readonly git: Readonly<Record<'added' | 'changed' | 'removed', readonly unknown[]>>;
}

async function plan(): Promise<Readonly<Record<string, number>>> {
  const args = ['plan', '--kubeconfig', cluster.plane.kubeconfig, '--integration', bridge.id, '-o', 'json'];
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
    const names = Array.from({ length: count }, (_, at) => `n${at}`);
    bridge = await Bridge.open(cluster, { spec: { interval: '10s' } });
    await bridge.projects(names, ['web']);
    const operator = await cluster.start();
    await bridge.ready(names, 60_000 + count * 1_000);
    await operator.stop();
    await bridge.edit({ suspend: true });

    // Something of every kind to do: a new namespace, a new stream, one that is gone, and things changed in Quay.
    await bridge.projects(['new'], ['web']);
    await cluster.create(imageStream(bridge.namespace('n1'), 'late'));
    await cluster.delete('imagestream', 'web', '-n', bridge.namespace('n2'));
    await bridge.ask('DELETE', `/organization/${bridge.organization('n3')}/robots/default`);
    await bridge.loseOrganization('n4');
    const expected = await plan();
    expect(expected).toMatchObject({ add: 1, change: 2, remove: 0 });
    bridge.quay.requests.reset();
    await cluster.plane.audit.reset();

    await cluster.start();
    await cluster.eventually(async () => {
      const { status } = await bridge.integration();
      expect(status?.plan).toMatchObject(expected);
      expect(status?.conditions).toContainEqual(expect.objectContaining({ reason: 'Suspended' }));
    }, 120_000);
    expect(bridge.quay.requests.writes()).toEqual([]);
    const written = await cluster.plane.audit.counts({ userAgent: 'quayside-operator', verb: writes });
    const allowed = /^(create|update|patch) (leases|events|quayintegrations\/status)$/;
    expect(Object.keys(written).filter((kind) => !allowed.test(kind))).toEqual([]);

    await bridge.edit({ suspend: false });
    await bridge.ready([...names, 'new'], 120_000);
    await cluster.eventually(
      async () => expect(await plan()).toMatchObject({ planned: 0, add: 0, change: 0 }),
      120_000,
    );
    await cluster.eventually(async () => expect((await bridge.integration()).status?.plan).toBeUndefined(), 30_000);
    expect(bridge.deletes()).toEqual([]);
  },
  400_000 + count * 2_000,
);
