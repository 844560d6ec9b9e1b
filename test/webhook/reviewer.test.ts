import { describe, expect, test } from '@jest/globals';
import type { Situation } from '../../src/builds/index.js';
import { createNews, createReviewer, type Decided, type News } from '../../src/webhook/index.js';
import { build, situation } from '../fixtures/builds/decisions.js';
import { reviewed, reviewOf, type Reviewed } from '../fixtures/admission/review.js';

const unseen: Situation = { unknown: 'namespace "shop" has not been seen yet' };

/** A reviewer in a situation that can change. */
function reviewing(first: Situation, { wait = 60_000 } = {}) {
  const news = createNews();
  const decided: Decided[] = [];
  let now = first;
  let waiting = 0;
  const counting: News = {
    ...news,
    of: (namespace, milliseconds) => {
      const coming = news.of(namespace, milliseconds);
      if (coming !== undefined) waiting += 1;
      return coming;
    },
  };
  const reviewer = createReviewer({
    situation: () => now,
    news: counting,
    wait,
    onDecision: (one) => decided.push(one),
  });
  return {
    decided,
    waiting: () => waiting,
    become: (next: Situation, namespace?: string) => {
      now = next;
      news.tell(namespace);
    },
    ask: async (more: object = {}): Promise<Reviewed> =>
      reviewed((await reviewer(JSON.stringify(reviewOf(build(), { ...more })))).body),
  };
}

describe('R29: a review of a namespace that has not been seen', () => {
  test('is answered as soon as that is', async () => {
    const one = reviewing(unseen);
    const answer = one.ask();
    one.become({ unknown: 'the organizations have not been listed yet' });
    await new Promise((resolve) => setImmediate(resolve));
    expect([one.waiting(), one.decided]).toEqual([2, []]);
    one.become(situation({ without: 'organization' }), 'shop');
    expect((await answer).patch).toBeDefined();
  });

  test('hears nothing of other namespaces, and all of what concerns every one', async () => {
    const one = reviewing(unseen);
    const answer = one.ask();
    one.become(situation(), 'elsewhere');
    await new Promise((resolve) => setImmediate(resolve));
    expect(one.decided).toEqual([]);
    one.become(situation());
    expect((await answer).allowed).toBe(true);
  });

  test('that does not come is allowed, with a warning', async () => {
    expect(await reviewing(unseen, { wait: 20 }).ask()).toMatchObject({
      allowed: true,
      warnings: ['Not pushed to Quay: namespace "shop" has not been seen yet.'],
    });
  });

  test('keeps no place from other namespaces', async () => {
    const one = reviewing(unseen);
    const waiting = Array.from({ length: 50 }, () => one.ask());
    // One more of the same is decided at once.
    expect((await one.ask()).warnings).toHaveLength(1);
    const elsewhere = one.ask({ namespace: 'elsewhere' });
    expect([one.waiting(), one.decided.length]).toEqual([51, 1]);
    one.become(situation());
    const all = await Promise.all([...waiting, elsewhere]);
    expect(all.every(({ patch }) => patch !== undefined)).toBe(true);
  });
});

describe('R29: a review of what is not provisioned', () => {
  test.each<[string, Situation]>([
    ['yet', situation({ without: 'organization' })],
    ['while the integration is suspended', situation({ integration: { suspended: true } })],
    ['while Quay is down', situation({ without: 'organization', integration: { ready: false } })],
  ])('%s is allowed at once', async (_, where) => {
    const one = reviewing(where);
    expect((await one.ask()).allowed).toBe(true);
    expect(one.waiting()).toBe(0);
  });
});

test('a review that is decided is told once, with its decision and its time', async () => {
  const one = reviewing(situation());
  await one.ask({ dryRun: true });
  expect(one.decided).toEqual([
    {
      decision: expect.objectContaining({ decision: 'Rewritten' }),
      namespace: 'shop',
      dryRun: true,
      seconds: expect.any(Number),
    },
  ]);
});
