import { describe, expect, test } from '@jest/globals';
import { settle, warning, type Waiting } from '../../src/builds/index.js';
import { situation } from './scene.js';

const waiting: Waiting = {
  decision: 'Waiting',
  reason: 'RobotNotReady',
  missing: 'the robot is not there',
  stuck: false,
};
const now = 1_000_000_000;
const young = situation({ created: now - 119_000 });
const ignore = { failurePolicy: 'Ignore', now } as const;
const fail = { failurePolicy: 'Fail', now } as const;

describe('a Build whose time is up', () => {
  test('is denied in a young namespace of an integration in order, saying what is missing and that a retry will work', () => {
    expect(settle(waiting, { situation: young, ...ignore })).toEqual({
      decision: 'Denied',
      reason: 'RobotNotReady',
      message: 'Not pushed to Quay: the robot is not there. Try again in a moment.',
      retry: true,
    });
  });

  test.each([
    ['an older namespace', situation({ created: now - 121_000 })],
    ['a namespace from the future', situation({ created: now + 3_600_000 })],
    ['a namespace that has not been seen', { ...young, namespace: undefined }],
    ['an integration that is not ready', situation({ created: now, integration: { ready: false } })],
    ['a suspended integration', situation({ created: now, integration: { suspended: true } })],
  ])('runs as it is in %s, with a warning; not under Fail', (_, where) => {
    const { namespace, ...rest } = where;
    const place = namespace === undefined ? rest : { ...rest, namespace };
    expect(settle(waiting, { situation: place, ...ignore })).toEqual({
      decision: 'Unchanged',
      reason: 'RobotNotReady',
      warning: 'Not pushed to Quay: the robot is not there.',
    });
    expect(settle(waiting, { situation: place, ...fail })).toMatchObject({ decision: 'Denied', retry: true });
  });

  test('is not denied for what no retry can mend, but under Fail', () => {
    const stuck = { ...waiting, stuck: true };
    expect(settle(stuck, { situation: young, ...ignore })).toMatchObject({ decision: 'Unchanged' });
    expect(settle(stuck, { situation: young, ...fail })).toMatchObject({ decision: 'Denied', retry: false });
  });
});

describe('a warning', () => {
  test('is one line of at most 256 characters that no terminal obeys', () => {
    expect(warning(' a\n\u001B[31mb\u2028c\u202Ed\uD800e ')).toBe('a [31mb c d e');
    expect(warning('x'.repeat(256))).toBe('x'.repeat(256));
    expect(warning('x'.repeat(257))).toBe(`${'x'.repeat(255)}…`);
    expect(warning('\u{1F600}'.repeat(200))).not.toMatch(/\p{Cs}/u);
  });
});
