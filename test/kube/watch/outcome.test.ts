import { describe, expect, test } from '@jest/globals';
import { RetryableError, TerminalError } from '../../../src/errors/index.js';
import { WatchSilent } from '../../../src/kube/client/watch-silent.js';
import { endOfAnswer, endOfError, type EndReason, nextAfter, type Next } from '../../../src/kube/watch/outcome.js';

const longest = (): number => 1;
const after = (reason: EndReason, failures = 1, step: Next['step'] = 'watch'): Next =>
  nextAfter({ reason }, step, failures, longest);

test.each<[number, EndReason]>([
  [410, 'expired'],
  [429, 'throttled'],
  [500, 'unavailable'],
  [503, 'unavailable'],
  [504, 'unavailable'],
  [403, 'forbidden'],
  [404, 'absent'],
  [400, 'failed'],
  [302, 'failed'],
])('an answer %i means that it is %s', (status, reason) => {
  expect(endOfAnswer({ status }).reason).toBe(reason);
});

test.each<[Error, EndReason]>([
  [new WatchSilent('here'), 'silent'],
  [new RetryableError('ClusterUnreachable', 'cut'), 'unreachable'],
  [new TerminalError('ClusterLoginRejected', 'who?'), 'failed'],
  [new TypeError('a bug'), 'failed'],
])('%s means that it is %s', (error, reason) => {
  expect(endOfError(error).reason).toBe(reason);
});

describe('what follows', () => {
  test.each<EndReason>(['ended', 'silent'])('a watch that is %s is opened again at once', (reason) => {
    expect(after(reason)).toEqual({ step: 'watch', wait: 0 });
  });

  test('a watch that is too old is listed anew at once, and not in a tight loop', () => {
    expect(after('expired')).toEqual({ step: 'list', wait: 0 });
    expect(after('expired', 2)).toEqual({ step: 'list', wait: 250 });
    expect(after('expired', 20)).toEqual({ step: 'list', wait: 4000 });
  });

  test('an outage of any length is noticed within five seconds of its end', () => {
    expect([1, 2, 3, 4, 5, 6, 100].map((failures) => after('unreachable', failures).wait)).toEqual([
      250, 500, 1000, 2000, 4000, 4000, 4000,
    ]);
    expect(after('unreachable', 100).step).toBe('watch');
  });

  test('what somebody has to change is asked for less often', () => {
    expect(after('forbidden', 100).wait).toBe(30_000);
    expect(after('absent', 1).wait).toBe(1000);
  });

  test('the wait that the server asks for is kept, up to a minute', () => {
    const wait = (retryAfter: number): number =>
      nextAfter({ reason: 'throttled', retryAfter }, 'list', 1, longest).wait;
    expect([wait(7), wait(0), wait(3600)]).toEqual([7000, 250, 60_000]);
  });

  test('a watch that is refused three times in a row is listed anew', () => {
    expect([1, 2, 3].map((failures) => after('unavailable', failures).step)).toEqual(['watch', 'watch', 'list']);
  });

  test('a list that failed is listed again', () => {
    expect(after('unreachable', 1, 'list').step).toBe('list');
  });

  test('waits are spread', () => {
    const wait = (random: number): number => nextAfter({ reason: 'unreachable' }, 'watch', 5, () => random).wait;
    expect([wait(0), wait(0.5), wait(1)]).toEqual([2000, 3000, 4000]);
  });
});
