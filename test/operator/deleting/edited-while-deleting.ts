import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Harness } from '../../fixtures/operator/harness.js';
import { cluster } from './cluster.js';

describe('an edit while things are deleted', () => {
  const workers = 2;
  const names = Array.from({ length: 10 }, (_, at) => `n${at}`);

  beforeAll(async () => {
    await cluster.start({ args: ['--workers', `${workers}`] });
  });
  afterAll(() => cluster.stopOperators());

  type Edit = (harness: Harness) => object;
  test.each<[string, string, Edit]>([
    ['Retain', 'the deletion policy of its integration is Retain', () => ({ deletionPolicy: 'Retain' })],
    [
      'a deny list with all of them',
      'does not select namespace',
      (harness) => ({ denylistNamespaces: names.map((name) => harness.namespace(name)) }),
    ],
  ])(
    '%s that comes in the middle of a run of deletions is heard by all that are not deleted yet',
    async (_, why, edit) => {
      const harness = await Harness.open(cluster, { spec: { interval: '10m' } });
      await harness.projects(names);
      await harness.ready(names, 120_000);
      // Long enough for the edit to arrive while most are still waiting for their turn.
      harness.quay.faults.inject({ method: 'DELETE', delayMs: 10_000, times: 100_000 });
      await cluster.delete('namespace', ...names.map((name) => harness.namespace(name)));
      await cluster.eventually(() => expect(harness.deletes()).not.toEqual([]), 120_000);
      await cluster.merge(`/apis/quay.redhat.com/v1/quayintegrations/${harness.id}`, { spec: edit(harness) });
      const before = harness.deletes().length;
      await cluster.eventually(async () => {
        for (const name of names) expect(await harness.hasObject(name)).toBe(false);
      }, 120_000);
      // Each worker may have been on its way to Quay already.
      expect(harness.deletes().length).toBeLessThanOrEqual(before + workers);
      const left = harness.organizations();
      expect(left).toHaveLength(names.length - harness.deletes().length);
      for (const name of names.filter((one) => left.includes(harness.organization(one)))) {
        expect(await cluster.events(`${harness.id}.${harness.namespace(name)}`)).toContainEqual(
          expect.stringMatching(new RegExp(`^Released: .*${why}`)),
        );
      }
      expect(left.length).toBeGreaterThan(0);
      await harness.close();
    },
  );
});
