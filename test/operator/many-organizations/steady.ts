import { beforeAll, describe, expect, test } from '@jest/globals';
import { writes } from '../../control-plane/audit/filter.js';
import { head } from '../../fixtures/operator/people.js';
import { cluster, count, harness, names, operator } from './cluster.js';

describe('at rest', () => {
  beforeAll(() => swept(1), 240_000 + count * 1_000);

  /** Reads of each organization since the log of requests was last reset. */
  function reads(): readonly number[] {
    const seen = new Map(names.map((name) => [`/api/v1/organization/${harness.organization(name)}`, 0]));
    for (const { method, path } of harness.quay.requests.list()) {
      const known = seen.get(path);
      if (method === 'GET' && known !== undefined) seen.set(path, known + 1);
    }
    return [...seen.values()];
  }

  /** Waits until every organization was read this often. */
  async function swept(times: number): Promise<void> {
    harness.quay.requests.reset();
    await cluster.eventually(
      () => expect(Math.min(...reads())).toBeGreaterThanOrEqual(times),
      60_000 + count * 400 * times,
    );
  }

  test(
    `resyncs read each of ${count} organizations, and write nothing but the Lease`,
    async () => {
      await swept(1);
      const commit = head(harness);
      await cluster.plane.audit.reset();
      await swept(3);
      expect(harness.quay.requests.writes()).toEqual([]);
      const { total } = harness.quay.requests.counts();
      // Organization, robots, prototypes and one page of repositories; a deep sweep reads roles, one call per robot.
      expect(total / reads().reduce((sum, times) => sum + times, 0)).toBeLessThan(8);
      expect(head(harness)).toBe(commit);
      const written = await cluster.plane.audit.counts({ userAgent: 'quayside-operator', verb: writes });
      expect(Object.keys(written).filter((kind) => !kind.endsWith(' leases'))).toEqual([]);
    },
    240_000 + count * 2_000,
  );

  test('a resync corrects a drift that was there before it, and nothing else', async () => {
    const victim = harness.organization('n7');
    await harness.ask('DELETE', `/organization/${victim}/robots/default`);
    harness.quay.requests.reset();
    await cluster.plane.audit.reset();
    await cluster.eventually(async () => expect((await harness.object('n7')).status?.drift?.found).toBeGreaterThan(0));
    await harness.ready(['n7']);
    await swept(1);
    const written = await cluster.plane.audit.requests({ userAgent: 'quayside-operator', verb: writes });
    const about = written.filter(({ resource }) => !['leases', 'events'].includes(resource));
    const expected = new Set([`${harness.id}.${harness.namespace('n7')}`, `default-quay-${harness.id}`, harness.id]);
    expect(about.filter(({ name }) => !expected.has(name))).toEqual([]);
    expect(await operator.metric('quayside_drift_changes_total')).toBeGreaterThan(0);
  });

  test('a thousand status updates of image streams, and labels that nobody asks for, cost Quay nothing', async () => {
    const path = `/apis/image.openshift.io/v1/namespaces/${harness.namespace('n1')}/imagestreams/web/status`;
    await harness.edit({ interval: '10m' });
    // The round that was planned before, and the look at everything that the edit brings, have to be over.
    await cluster.eventually(async () => {
      const before = harness.quay.requests.list().length;
      await new Promise((resolve) => setTimeout(resolve, 7_000));
      expect(harness.quay.requests.list().length).toBe(before);
    }, 120_000);
    harness.quay.requests.reset();
    for (let at = 0; at < 1_000; at += 20) {
      const updates = Array.from({ length: 20 }, (_, offset) =>
        cluster.merge(path, { status: { dockerImageRepository: `registry.example.test/n1/web-${at + offset}` } }),
      );
      await Promise.all(updates);
    }
    await cluster.patch(['namespace', harness.namespace('n1')], { metadata: { labels: { colour: 'blue' } } });
    // A namespace that comes afterwards has been through the same queues.
    await harness.projects(['after']);
    await harness.ready(['after']);
    const isOfAfter = (of: string): boolean =>
      of === '/api/v1/organization/' || of.includes(harness.organization('after'));
    const others = harness.quay.requests.list().filter(({ path: of }) => !isOfAfter(of));
    expect(others.map(({ method, path: of }) => `${method} ${of}`)).toEqual([]);
  });
});
