import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Harness } from '../../fixtures/operator/harness.js';
import { imageStream } from '../../fixtures/operator/objects.js';
import { cluster } from './cluster.js';

describe('a new project', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await Harness.open(cluster, { spec: { interval: '1h' } });
  });
  afterAll(async () => {
    await harness.close();
  });

  test('Q27 a project and then its first image streams: one write each, and no look at what was just made', async () => {
    await harness.projects(['new']);
    await harness.ready(['new']);
    harness.quay.requests.reset();
    for (const stream of ['one', 'two']) {
      await cluster.create(imageStream(harness.namespace('new'), stream));
      await cluster.eventually(
        () => expect(harness.quay.requests.writes()).toHaveLength(stream === 'one' ? 1 : 2),
        60_000,
      );
    }
    await harness.ready(['new']);
    expect(harness.quay.requests.counts()).toMatchObject({ total: 2, writes: 2 });
  });
});
