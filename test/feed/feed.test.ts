import { beforeEach, describe, expect, test } from '@jest/globals';
import { TerminalError } from '../../src/errors/index.js';
import { nextSlice, sliceSize } from '../../src/feed/index.js';
import { type Changes, createFeed, doubtWords, type Feed } from '../../src/feed/poll/index.js';
import { registryLog, type RegistryLog, username } from './registry-log.js';

const noon = Date.UTC(2026, 0, 31, 12) / 1000;
const day = 86_400;

let registry: RegistryLog;
let feed: Feed;

beforeEach(() => {
  registry = registryLog(noon - day);
  for (let row = 0; row < 30; row += 1) registry.write('org_create', `of-yesterday-${row}`);
  registry.now = noon;
  feed = createFeed({ wallClock: () => registry.now, clock: () => registry.now });
});

/** The answer of the next interval, and the calls that it took. */
async function next(reader = 'one'): Promise<{ readonly changes: Changes; readonly calls: number }> {
  registry.now += 600;
  const before = registry.calls();
  const changes = await feed.next({ reader, log: registry.log, username });
  return { changes, calls: registry.calls() - before };
}
const some = (...organizations: string[]): Changes => ({
  type: 'Some',
  organizations: new Set(organizations),
  roles: new Set(),
});

describe('the feed', () => {
  test('begins with everything, and then needs one call while nothing changes', async () => {
    expect((await next()).changes).toEqual({ type: 'Everything', why: 'Beginning', spread: false });
    expect(feed.standing()).toEqual({ trust: 'Trusted' });
    expect(await next()).toEqual({ changes: some(), calls: 1 });
    for (let pull = 0; pull < 5000; pull += 1) registry.write('pull_repo', 'shop');
    expect(await next()).toEqual({ changes: some(), calls: 1 });
  });

  test('finds exactly what has changed among everything else, and tells it once', async () => {
    await next();
    for (let login = 0; login < 30; login += 1) registry.write('login_success', 'ada');
    for (const name of ['a', 'b', 'c', 'd', 'e']) registry.write('org_create_team', name);
    for (let pull = 0; pull < 30; pull += 1) registry.write('pull_repo', 'z');
    expect(await next()).toEqual({ changes: some('a', 'b', 'c', 'd', 'e'), calls: 1 + Math.ceil(65 / 20) });
    expect(await next()).toEqual({ changes: some(), calls: 1 });
  });

  test('takes in a row that a server with a late clock wrote, and does not tell again what stands beside it', async () => {
    await next();
    registry.now += 550;
    registry.write('create_robot', 'a');
    registry.now -= 550;
    expect((await next()).changes).toEqual(some('a'));
    registry.write('create_robot', 'b', { late: 40 });
    expect((await next()).changes).toEqual(some('b'));
  });

  test('tells a change that is made while it asks, now or the next time', async () => {
    await next();
    registry.write('create_robot', 'a');
    registry.meanwhile = () => registry.write('create_robot', 'b');
    expect((await next()).changes).toEqual(some('a', 'b'));
    expect((await next()).changes).toEqual(some());
    registry.meanwhile = () => registry.write('create_robot', 'c');
    expect((await next()).changes).toEqual(some());
    expect((await next()).changes).toEqual(some('c'));
  });

  test('loses nothing at midnight', async () => {
    await next();
    registry.now = noon + day / 2 - 610;
    expect((await next()).changes).toEqual(some());
    registry.now += 5;
    registry.write('create_robot', 'before');
    registry.now += 10;
    registry.write('create_robot', 'after');
    expect((await next()).changes).toEqual(some('before', 'after'));
    expect(await next()).toEqual({ changes: some(), calls: 1 });
  });

  test('tells apart where permissions on repositories may be others', async () => {
    await next();
    registry.write('change_repo_permission', 'a');
    registry.write('create_robot', 'b');
    expect((await next()).changes).toEqual({ ...some('a', 'b'), roles: new Set(['a']) });
  });

  test('is one for all who share it', async () => {
    await next('one');
    expect((await next('two')).changes).toMatchObject({ why: 'Beginning' });
    registry.write('create_robot', 'a');
    expect((await next('one')).changes).toEqual(some('a'));
    expect((await next('two')).changes).toEqual(some('a'));
    expect((await next('two')).changes).toEqual(some());
  });

  test('has everything read where listing the rows would cost more', async () => {
    await next();
    for (let pull = 0; pull < 2000; pull += 1) registry.write('pull_repo', 'z');
    registry.write('create_robot', 'a');
    expect((await next()).changes).toEqual({ type: 'Everything', why: 'TooMany', spread: true });
    expect(feed.standing()).toEqual({ trust: 'Trusted' });
    expect((await next()).changes).toEqual(some());
  });

  test('has everything read when an account is deleted', async () => {
    await next();
    registry.write('user_delete', 'ada');
    expect((await next()).changes).toEqual({ type: 'Everything', why: 'Everywhere', spread: true });
    expect((await next()).changes).toEqual(some());
  });
});

describe('trust in the audit log', () => {
  const everything = (why: string) => ({ changes: { type: 'Everything', why } });
  /** A registry of today. */
  const fresh = (): void => {
    registry = registryLog(noon);
    registry.write('org_create', 'first');
  };

  test('is earned: by a day that is over, or by a row of our own', async () => {
    fresh();
    await next();
    expect(await next()).toMatchObject({ ...everything('Unproven'), calls: 1 });
    registry.write('create_robot', 'a', { own: true });
    feed.wrote('a');
    expect((await next()).changes).toEqual(some('a'));
    expect(feed.standing()).toEqual({ trust: 'Trusted' });
  });

  test('is not earned by rows of others, nor by a day without rows', async () => {
    fresh();
    await next();
    registry.write('create_robot', 'a');
    expect(await next()).toMatchObject(everything('Unproven'));
    registry.now += 3 * day;
    expect(await next()).toMatchObject(everything('Late'));
    expect(feed.standing()).toEqual({ trust: 'Unproven' });
  });

  test('is not given to an organization whose own rows never come, until they do', async () => {
    await next();
    feed.wrote('disabled');
    expect((await next()).changes).toEqual(some('disabled'));
    expect((await next()).changes).toEqual(some('disabled'));
    registry.write('create_robot', 'disabled', { own: true });
    feed.wrote('disabled');
    expect((await next()).changes).toEqual(some('disabled'));
    expect((await next()).changes).toEqual(some());
  });

  test.each<[string, () => void, RegExp]>([
    ['Shrunk', () => registry.forget(1), /fewer rows of a day than before/],
    ['TenKinds', () => kindsOf(9), /exactly ten kinds/],
    ['Lost', () => lose(), /fewer rows are listed than are counted/],
  ])('is lost by doubt (%s), with everything read, and has to be earned again', async (why, fault, words) => {
    registry.write('create_robot', 'a');
    await next();
    expect(feed.standing()).toEqual({ trust: 'Trusted' });
    fault();
    expect((await next()).changes).toEqual({ type: 'Everything', why, spread: true });
    expect(doubtWords(feed.standing())).toMatch(words);
    if (why === 'TenKinds') return;
    registry.losesPages = false;
    // The day before is whole: that proves it.
    await next();
    expect(feed.standing()).toEqual({ trust: 'Trusted' });
    expect((await next()).changes).toEqual(some());
  });

  test('is lost while it cannot be read: everything is read, as without it', async () => {
    await next();
    registry.isDown = true;
    expect((await next()).changes).toEqual({ type: 'Everything', why: 'Unreadable', spread: false });
    expect(doubtWords(feed.standing())).toBe('it cannot be read: 502');
    registry.isDown = false;
    registry.write('create_robot', 'a');
    expect(await next()).toMatchObject(everything('Beginning'));
    expect((await next()).changes).toEqual(some());
  });

  test('is no question where the token may not read it: it is asked once', async () => {
    const denied = new TerminalError('PermissionDenied', 'no');
    const log = { ...registry.log, counts: () => Promise.reject(denied) };
    const ask = () => feed.next({ reader: 'one', log, username });
    expect(await ask()).toMatchObject({ type: 'Everything', why: 'Unreadable' });
    expect(await ask()).toEqual({ type: 'Everything', why: 'Denied', spread: false });
    expect(doubtWords(feed.standing())).toBeUndefined();
  });

  function kindsOf(amount: number): void {
    for (let kind = 0; kind < amount; kind += 1) registry.write(`kind_${kind}`, 'a');
  }

  function lose(): void {
    registry.losesPages = true;
    for (let row = 0; row < 50; row += 1) registry.write('create_robot', `a-${row}`);
  }
});

describe('the slice that is read whatever the feed says', () => {
  const all = Array.from({ length: 10 }, (_, at) => ({ name: `o${at}` }));

  test.each([
    [1000, 600, 21_600, 28],
    [10, 600, 21_600, 1],
    [10, 600, 60, 10],
    [0, 600, 21_600, 0],
  ])('of %d organizations, every %d s of %d s, has %d', (count, interval, whole, size) => {
    expect(sliceSize(count, interval, whole)).toBe(size);
  });

  test('has those that were read longest ago', () => {
    const read = all.map((one, at) => ({ ...one, ...(at < 8 && { readAt: at }) }));
    expect(nextSlice(read, 3).map(({ name }) => name)).toEqual(['o8', 'o9', 'o0']);
  });
});
