import { afterEach, expect, test } from '@jest/globals';
import { createKeptBuilds } from '../../src/builds/follow/kept-builds.js';
import { buildRecord } from '../../src/builds/import-record.js';
import { type Fields } from '../../src/json/index.js';
import { digestOf, rewrittenBuild } from '../fixtures/builds/builds.js';
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
