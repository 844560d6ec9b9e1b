import { describe, expect, test } from '@jest/globals';
import type { Situation } from '../../src/builds/index.js';
import { createReviewer, createWaitingRoom, type Decided, type ReviewerOptions } from '../../src/webhook/index.js';
import { build, builder, situation } from '../builds/scene.js';
import { reviewed, reviewOf, type Reviewed } from './review.js';

const provisioned = situation();
const unlinked = situation({ created: Date.now(), robots: { builder: { ...builder, linked: false } } });

/** A reviewer in a situation that can change. */
function reviewing(first: Situation, options: Partial<ReviewerOptions> = {}) {
  const room = createWaitingRoom();
  const decided: Decided[] = [];
  const stays = new AbortController();
  let now = first;
  const reviewer = createReviewer({
    situation: () => now,
    room,
    failurePolicy: 'Ignore',
    wait: 6_000,
    places: 50,
    onDecision: (one) => decided.push(one),
    ...options,
  });
  return {
    room,
    decided,
    stays,
    become: (next: Situation, namespace?: string) => {
      now = next;
      room.wake(namespace);
    },
    ask: async (milliseconds = 10_000): Promise<Reviewed> => {
      const body = JSON.stringify(reviewOf(build()));
      return reviewed((await reviewer(body, { milliseconds, gone: () => stays.signal })).body);
    },
  };
}

describe('a review of what is not provisioned yet', () => {
  test('is answered as soon as the last thing is there', async () => {
    const one = reviewing(situation({ without: 'organization', created: Date.now() }));
    const answer = one.ask();
    expect(one.room.size()).toBe(1);
    one.become(unlinked, 'shop');
    await new Promise((resolve) => setImmediate(resolve));
    expect([one.room.size(), one.decided]).toEqual([1, []]);
    one.become(provisioned, 'shop');
    expect((await answer).patch).toBeDefined();
    expect(one.room.size()).toBe(0);
  });

  test('hears nothing of other namespaces, and all of what concerns every one', async () => {
    const one = reviewing(unlinked);
    const answer = one.ask();
    one.become(provisioned, 'elsewhere');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(one.decided).toEqual([]);
    one.become(provisioned);
    expect((await answer).allowed).toBe(true);
  });

  test('is denied when its time is up, saying what is missing and that a retry will work', async () => {
    const one = reviewing(unlinked, { wait: 50 });
    expect(await one.ask()).toMatchObject({
      allowed: false,
      status: {
        // With 403 or 400, OpenShift's triggers would never try again.
        code: 503,
        reason: 'ServiceUnavailable',
        message:
          'Not pushed to Quay: the service account "builder" does not list its pull secret yet. Try again in a moment.',
      },
    });
  });

  test('is decided before the client stops to listen', async () => {
    const one = reviewing(unlinked);
    const begun = performance.now();
    expect((await one.ask(1_050)).allowed).toBe(false);
    expect((await one.ask(100)).allowed).toBe(false);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  test('ends when the client has gone', async () => {
    const one = reviewing(unlinked);
    const answer = one.ask();
    one.stays.abort();
    await answer;
    expect(one.room.size()).toBe(0);
  });

  test('is decided at once where waiting is of no use', async () => {
    const one = reviewing(situation({ integration: { suspended: true }, created: Date.now() }));
    expect(await one.ask()).toMatchObject({ allowed: true, warnings: [expect.stringMatching(/spec\.suspend/)] });
    expect(one.decided[0]?.seconds).toBeLessThan(0.5);
  });

  test('is decided at once, by the same rule, when fifty are waiting', async () => {
    const one = reviewing(unlinked);
    const waiting = Array.from({ length: 50 }, () => one.ask());
    expect(one.room.size()).toBe(50);
    expect((await one.ask()).status).toMatchObject({ code: 503 });
    expect(one.room.size()).toBe(50);
    one.become(provisioned, 'shop');
    expect((await Promise.all(waiting)).every(({ patch }) => patch !== undefined)).toBe(true);
  });

  test('under Fail is denied for good where somebody has to act first', async () => {
    const one = reviewing(situation({ integration: { suspended: true } }), { failurePolicy: 'Fail' });
    expect(await one.ask()).toMatchObject({ allowed: false, status: { code: 403, reason: 'Forbidden' } });
  });
});

describe('a review that is decided', () => {
  test('is told once, with its decision and its time', async () => {
    const one = reviewing(provisioned);
    await one.ask();
    expect(one.decided).toMatchObject([{ decision: { decision: 'Rewritten' }, namespace: 'shop' }]);
  });
});
