import { afterEach, expect, test } from '@jest/globals';
import { createSchedule } from '../../src/kube/queue/schedule.js';
import { digestOf } from '../fixtures/builds/builds.js';
import { fakeClock } from '../support/fake-clock.js';
import { type FollowedShop, followShop, imported, refused } from './follower.js';

let shop: FollowedShop;
afterEach(() => shop.close());

test('R37 a failing import keeps its backoff across changes of the organization', async () => {
  const clock = fakeClock();
  shop = followShop({ clock, backoff: { first: 60_000, most: 900_000 } });
  shop.answer(async () => Promise.resolve(refused));
  shop.complete({ name: 'web-1', tag: 'web:latest' });
  await shop.until(() => expect(shop.results).toHaveLength(1));
  for (let change = 0; change < 20; change += 1) {
    await clock.pass(1_000);
    shop.follower.recheck('shop');
  }
  expect(shop.asked).toEqual(['web:latest']);
  // It is still tried, when its time has come.
  shop.answer(async () => Promise.resolve(imported(digestOf('c'))));
  await clock.pass(60_000);
  await shop.until(() => expect(shop.tags.get('web:latest')).toBe(digestOf('c')));
});

test('R37 another build of the tag is no change of the organization, and is imported soon', async () => {
  const clock = fakeClock();
  shop = followShop({ clock, backoff: { first: 60_000, most: 900_000 } });
  shop.answer(async () => Promise.resolve(refused));
  shop.complete({ name: 'web-1', tag: 'web:latest', completed: '2026-02-01T00:00:00Z' });
  await shop.until(() => expect(shop.results).toHaveLength(1));
  shop.answer(async () => Promise.resolve(imported(digestOf('c'))));
  await clock.pass(31_000);
  shop.complete({ name: 'web-2', tag: 'web:latest', completed: '2026-02-02T00:00:00Z' });
  await shop.until(() => expect(shop.tags.get('web:latest')).toBe(digestOf('c')));
});

test('R37 imports into one stream go one after the other, and those into others do not wait for them', async () => {
  shop = followShop();
  let release: () => void = () => undefined;
  const open = new Promise<void>((resolve) => (release = resolve));
  shop.answer(async () => open.then(() => imported(digestOf('b'))));
  for (const tag of ['one', 'two', 'three', 'four']) shop.complete({ name: `web-${tag}`, tag: `web:${tag}` });
  for (const name of ['api', 'db']) shop.complete({ name, tag: `${name}:latest` });
  await shop.until(() => expect([...shop.asked].sort()).toEqual(['api:latest', 'db:latest', 'web:one']));
  release();
  await shop.until(() => expect(shop.tags.size).toBe(6));
  expect(shop.mostAtOnce()).toBe(1);
});

test('R37 a key whose group is busy lets others go first, and has its turn afterwards', () => {
  shop = followShop();
  const schedule = createSchedule((key) => key.slice(0, 1));
  for (const key of ['a1', 'a2', 'b1']) schedule.add(key, 'event', 0);
  expect([schedule.take(0)?.key, schedule.take(0)?.key, schedule.take(0)]).toEqual(['a1', 'b1', undefined]);
  schedule.end('a1', { kind: 'Done' }, 0);
  expect(schedule.take(0)?.key).toBe('a2');
});
