import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Bridge } from './harness.js';
import { Cluster } from './cluster.js';

// Above the limit of ten in any case; how far above is a matter of patience.
const count = Number(process.env.QUAYSIDE_TEST_NAMESPACES ?? 30);
const minutes = 60_000 * Math.ceil(count / 200);

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start({ args: ['--deletion-window', '15s'] });
  bridge = await Bridge.open(cluster);
});
afterAll(async () => {
  await cluster.close();
  await bridge.quay.close();
});

test(
  `Q5 ${count} namespaces deleted at once: nothing goes until a person agrees, and then exactly these`,
  async () => {
    const names = Array.from({ length: count }, (_, at) => `n${at}`);
    const organizations = names.map((name) => bridge.organization(name)).sort();
    await bridge.projects([...names, 'stays']);
    await bridge.ready([...names, 'stays'], 2 * minutes);
    await cluster.delete('namespace', ...names.map((name) => bridge.namespace(name)));

    const held = await cluster.eventually(async () => {
      const { status } = await bridge.integration();
      expect(status?.conditions).toContainEqual(expect.objectContaining({ reason: 'DeletionHeld' }));
      expect(status?.held?.organizations?.names).toHaveLength(count);
      return status?.held?.organizations;
    }, 2 * minutes);
    expect([...(held?.names ?? [])].sort()).toEqual(organizations);
    expect(bridge.deletes()).toEqual([]);

    await bridge.annotate({ 'quayside.dev/release-deletions': 'another-hash' });
    await cluster.eventually(async () => expect((await bridge.integration()).status?.held).toBeDefined());
    expect(bridge.deletes()).toEqual([]);

    await bridge.annotate({ 'quayside.dev/release-deletions': held?.hash ?? '' });
    await cluster.eventually(() => expect(bridge.organizations()).toEqual([bridge.organization('stays')]), 2 * minutes);
    expect(bridge.deletes()).toHaveLength(count);
    await cluster.eventually(async () => {
      const { metadata, status } = await bridge.integration();
      expect(status?.held?.organizations).toBeUndefined();
      expect(metadata.annotations ?? {}).not.toHaveProperty(['quayside.dev/release-deletions']);
    });

    // The agreement is used up.
    await cluster.delete('namespace', bridge.namespace('stays'));
    await cluster.eventually(async () => {
      const { status } = await bridge.integration();
      expect(status?.held?.organizations?.names).toEqual([bridge.organization('stays')]);
    }, 2 * minutes);
    expect(bridge.organizations()).toEqual([bridge.organization('stays')]);
  },
  10 * minutes,
);
