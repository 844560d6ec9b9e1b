import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Harness } from '../../fixtures/operator/harness.js';
import { cluster } from './cluster.js';

describe('many deletions at once', () => {
  // Above the limit of ten in any case; how far above is a matter of patience.
  const count = Number(process.env.QUAYSIDE_TEST_NAMESPACES ?? 30);
  const minutes = 60_000 * Math.ceil(count / 200);

  let harness: Harness;

  beforeAll(async () => {
    await cluster.start({ args: ['--deletion-window', '15s'] });
    harness = await Harness.open(cluster);
  });
  afterAll(async () => {
    await harness.close();
    await cluster.stopOperators();
  });

  test(
    `Q5 ${count} namespaces deleted at once: nothing goes until a person agrees, and then exactly these`,
    async () => {
      const names = Array.from({ length: count }, (_, at) => `n${at}`);
      const organizations = names.map((name) => harness.organization(name)).sort();
      await harness.projects([...names, 'stays']);
      await harness.ready([...names, 'stays'], 2 * minutes);
      await cluster.delete('namespace', ...names.map((name) => harness.namespace(name)));

      const held = await cluster.eventually(async () => {
        const { status } = await harness.integration();
        expect(status?.conditions).toContainEqual(expect.objectContaining({ reason: 'DeletionHeld' }));
        expect(status?.held?.organizations?.names).toHaveLength(count);
        return status?.held?.organizations;
      }, 2 * minutes);
      expect([...(held?.names ?? [])].sort()).toEqual(organizations);
      expect(harness.deletes()).toEqual([]);

      await harness.annotate({ 'quayside.dev/release-deletions': 'another-hash' });
      await cluster.eventually(async () => expect((await harness.integration()).status?.held).toBeDefined());
      expect(harness.deletes()).toEqual([]);

      await harness.annotate({ 'quayside.dev/release-deletions': held?.hash ?? '' });
      await cluster.eventually(
        () => expect(harness.organizations()).toEqual([harness.organization('stays')]),
        2 * minutes,
      );
      expect(harness.deletes()).toHaveLength(count);
      await cluster.eventually(async () => {
        const { metadata, status } = await harness.integration();
        expect(status?.held?.organizations).toBeUndefined();
        expect(metadata.annotations ?? {}).not.toHaveProperty(['quayside.dev/release-deletions']);
      });

      // The agreement is used up.
      await cluster.delete('namespace', harness.namespace('stays'));
      await cluster.eventually(async () => {
        const { status } = await harness.integration();
        expect(status?.held?.organizations?.names).toEqual([harness.organization('stays')]);
      }, 2 * minutes);
      expect(harness.organizations()).toEqual([harness.organization('stays')]);
    },
    10 * minutes,
  );
});
