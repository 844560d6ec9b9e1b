import { afterEach, expect, test } from '@jest/globals';
import { createKeptBuilds } from '../../src/builds/follow/kept-builds.js';
import { buildRecord } from '../../src/builds/import-record.js';
import { type Fields } from '../../src/json/index.js';
import { digestOf, rewrittenBuild } from '../fixtures/builds/builds.js';
import { document, openPlayground } from '../fixtures/playground.js';
import { fakeClock } from '../support/fake-clock.js';
import { type FollowedShop, followShop, imported, refused } from './follower.js';

let shop: FollowedShop;
afterEach(() => shop.close());

/** Answers that come when they are let go. */
function held(): { readonly answer: () => Promise<Fields>; readonly release: () => void } {
  let release: () => void = () => undefined;
  const open = new Promise<void>((resolve) => (release = resolve));
  return { answer: async () => open.then(() => imported(digestOf('b'))), release };
}

test('R31 a Build that is pruned at once while other imports are in hand is imported all the same', async () => {
  shop = followShop();
  const others = held();
  shop.answer(others.answer);
  for (const name of ['a', 'b', 'c', 'd']) shop.complete({ name, tag: `${name}:latest` });
  await shop.until(() => expect(shop.asked).toHaveLength(4));
  shop.complete({ name: 'web-1', tag: 'web:latest' });
  shop.prune('web-1');
  await shop.until(() => expect(shop.follower.counts().builds).toBe(4));
  others.release();
  await shop.until(() => expect(shop.tags.get('web:latest')).toBe(digestOf('b')));
  expect(shop.results).toContainEqual(expect.objectContaining({ build: 'web-1', result: 'Imported' }));
  expect(shop.asked.filter((tag) => tag === 'web:latest')).toHaveLength(1);
});

test('R31 a failed import of a Build that is gone is tried again, as its Event says', async () => {
  shop = followShop();
  shop.answer(async () => Promise.resolve(refused));
  shop.complete({ name: 'web-1', tag: 'web:latest' });
  await shop.until(() => expect(shop.events.map(({ note }) => note)).toEqual([expect.stringContaining('retried')]));
  shop.prune('web-1');
  await shop.until(() => expect(shop.follower.counts().builds).toBe(0));
  shop.answer(async () => Promise.resolve(imported(digestOf('c'))));
  await shop.until(() => expect(shop.tags.get('web:latest')).toBe(digestOf('c')));
});

test('R31 a Build whose import was marked by somebody else, and then pruned, is not imported again', async () => {
  shop = followShop();
  const first = held();
  shop.answer(first.answer);
  shop.complete({ name: 'other-1', tag: 'web:other' });
  await shop.until(() => expect(shop.asked).toEqual(['web:other']));
  // It waits for its turn in the same stream.
  shop.complete({ name: 'web-1', tag: 'web:latest' });
  shop.complete({ name: 'web-1', tag: 'web:latest', imported: true });
  shop.prune('web-1');
  await shop.until(() => expect(shop.follower.counts().builds).toBe(1));
  first.release();
  await shop.until(() => expect(shop.tags.has('web:other')).toBe(true));
  await shop.until(() => expect(shop.follower.counts().imports).toMatchObject({ event: 0, active: 0 }));
  expect(shop.asked).toEqual(['web:other']);
});

test('R31 of several pruned Builds of a tag the newest is kept, and none once a newer one was imported', () => {
  shop = followShop();
  const kept = createKeptBuilds();
  const build = (name: string, completed: string) =>
    buildRecord({ ...rewrittenBuild({ namespace: 'shop', name, completed }), ...named(name) });
  const named = (name: string): object => {
    const { metadata } = rewrittenBuild({ namespace: 'shop', name });
    return { metadata: { ...metadata, uid: name } };
  };
  const [one, two] = [build('one', '2026-02-01T00:00:00Z'), build('two', '2026-02-02T00:00:00Z')];
  kept.keep('httpd:latest', two);
  kept.keep('httpd:latest', one);
  expect(kept.with('httpd:latest', []).map(({ name }) => name)).toEqual(['two']);
  expect(kept.with('httpd:latest', [two]).map(({ name }) => name)).toEqual(['two']);
  kept.forget('httpd:latest', [one]);
  expect(kept.with('httpd:latest', [])).toHaveLength(1);
  kept.forgetBuild('shop/two');
  expect(kept.with('httpd:latest', [])).toEqual([]);
});

/** An image stream that got its newest image then, from wherever that is. */
const stream = (
  name: string,
  created?: string,
  image = `quay.example.test/openshift_shop/${name}@sha256:1`,
): Fields => ({
  metadata: { namespace: 'shop', name, uid: name },
  status: {
    tags:
      created === undefined ? [] : [{ tag: 'latest', items: [{ created, dockerImageReference: image, image: 'x' }] }],
  },
});
const pushedAt = '2026-02-03T10:00:00Z';

test('R31 an image that was lost while the operator was down is told at its image stream, and none that came', async () => {
  const clock = fakeClock();
  const names = ['never', 'older', 'elsewhere', 'imported', 'building', 'rebuilt', 'failed'];
  const asked: string[] = [];
  shop = followShop(
    {
      clock,
      lastPushes: async ({ organization }) => {
        asked.push(organization);
        return Promise.resolve(new Map(names.map((name) => [name, Date.parse(pushedAt)])));
      },
    },
    [
      stream('never'),
      stream('older', '2026-02-01T00:00:00Z'),
      stream('elsewhere', '2026-02-03T12:00:00Z', 'registry.example.com/shop@sha256:2'),
      stream('imported', '2026-02-03T10:00:01Z'),
      stream('building'),
      stream('rebuilt', '2026-02-01T00:00:00Z'),
      stream('failed'),
      stream('empty'),
    ],
  );
  shop.complete({ name: 'building-2', tag: 'building:latest', phase: 'Running' });
  // It pushed the same image once more, which needed no import.
  shop.complete({ name: 'rebuilt-2', tag: 'rebuilt:latest', completed: '2026-02-03T10:00:01Z', imported: true });
  shop.complete({ name: 'failed-1', tag: 'failed:latest', phase: 'Failed' });
  await shop.until(() => expect(shop.follower.counts().builds).toBe(3));
  await clock.pass(119_000);
  expect(shop.events).toEqual([]);
  await clock.pass(2_000);
  await shop.until(() => expect(shop.events).toHaveLength(4));
  expect(shop.events.map(({ regarding }) => regarding.name)).toEqual(['never', 'older', 'elsewhere', 'failed']);
  expect(shop.events[0]).toMatchObject({ reason: 'ImportMissed', regarding: { kind: 'ImageStream' } });
  expect(shop.events[0]?.note).toContain(
    'oc import-image never:<tag> --from=quay.example.test/openshift_shop/never:<tag>',
  );
  // One call for the namespace, and nothing is said twice.
  expect(asked).toEqual(['openshift_shop']);
  await clock.pass(3_600_000);
  expect(shop.events).toHaveLength(4);
});

test('R31 a Quay that does not answer is no sign of anything', async () => {
  const clock = fakeClock();
  let asked = 0;
  shop = followShop({ clock, lastPushes: async () => Promise.reject(new Error(`no answer, ${(asked += 1)}`)) }, [
    stream('never'),
  ]);
  await shop.until(() => expect(shop.follower.isServed()).toBe(true));
  await clock.pass(121_000);
  await shop.until(() => expect(asked).toBe(1));
  expect(shop.events).toEqual([]);
});

test('R31 when a repository got its newest tag is read in one call, from Quay itself', async () => {
  shop = followShop();
  const playground = await openPlayground();
  try {
    await playground.converge([document('shop', ['web', 'api'])]);
    playground.simulator.requests.reset();
    expect([...(await playground.quay.lastPushes('openshift_shop'))]).toEqual([]);
    expect(playground.reads()).toEqual(['GET /api/v1/repository?namespace=openshift_shop&last_modified=true']);
  } finally {
    await playground.close();
  }
});
