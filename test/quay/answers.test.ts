import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { reasons } from '../../src/api/index.js';
import { bodyOf } from '../../src/quay/answer/body.js';
import { failure } from '../../src/quay/answer/failure.js';
import { outcomeOf } from '../../src/quay/answer/outcome.js';
import type { Call, RawAnswer } from '../../src/quay/transport/call.js';
import { redact } from '../../src/quay/transport/redact.js';
import { retryAfterSeconds } from '../../src/http/index.js';

interface Recorded {
  readonly status: number;
  readonly contentType?: string;
  readonly bodyKind: string;
  readonly shape: string;
  readonly location?: string;
  readonly body?: unknown;
}

interface Step {
  readonly step: number;
  readonly name: string;
  readonly request?: { readonly method: Call['method']; readonly path: string; readonly authorization: unknown };
  readonly response?: Recorded;
}

const folder = join(import.meta.dirname, '../contract/quay-api');
const steps = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { readonly steps: Step[] }).steps);

function rawOf({ status, contentType = '', bodyKind, body, location }: Recorded): RawAnswer {
  const text = bodyKind === 'json' ? JSON.stringify(body) : bodyKind === 'empty' ? '' : `<html>${bodyKind}</html>`;
  return { status, contentType, text, location, repeated: false };
}

function decided(
  answer: RawAnswer,
  call: Call,
): { readonly outcome: string; readonly code: string; readonly message: string } {
  const body = bodyOf(answer.text);
  const outcome = outcomeOf(answer, body);
  const { code, message } = failure({ call, answer, body, outcome, origin: 'https://quay.example.com', secrets: [] });
  return { outcome, code, message };
}

const call: Call = { method: 'GET', path: '/api/v1/x', route: '/api/v1/x' };

describe('every recorded answer', () => {
  const recorded = steps.flatMap(({ request, response }) => (request && response ? [{ request, response }] : []));

  test('is understood: a code of the vocabulary, one line, the call named', () => {
    expect(recorded.length).toBeGreaterThan(1500);
    for (const { request, response } of recorded) {
      const { code, message } = decided(rawOf(response), { ...call, ...request, route: request.path });
      expect(Object.keys(reasons)).toContain(code);
      expect(message).not.toContain('\n');
      expect(message).toContain(`${request.method} ${request.path}`);
    }
  });

  test('of success is done, except the one that says that nothing is there', () => {
    for (const { response } of recorded.filter(
      ({ response }) => response.status < 300 && response.bodyKind !== 'html' && response.bodyKind !== 'text',
    )) {
      expect(decided(rawOf(response), call).outcome).toBe(response.body === null ? 'gone' : 'done');
    }
  });

  test('to a bad token is never taken for a missing thing or permission', () => {
    const bad = recorded.filter(({ request }) =>
      ['none', 'invalid', 'expired', 'disabled-owner'].includes(String(request.authorization)),
    );
    for (const { response } of bad.filter(({ response }) => [401, 403].includes(response.status))) {
      expect(decided(rawOf(response), call).code).toBe('TokenRejected');
    }
  });
});

describe('words that say more than their status', () => {
  test.each([
    [400, { message: 'Could not find robot with specified username' }, 'gone'],
    [400, { message: "Team 'a' is not a team in org 'b'" }, 'gone'],
    [400, { message: 'User bob does not belong to team devs' }, 'gone'],
    [400, { detail: 'Team does not have permission for repo.' }, 'gone'],
    [400, { detail: 'No repository notification found for: a, b, c' }, 'gone'],
    [400, { detail: 'A user or organization with this name already exists' }, 'exists'],
    [400, { message: 'Existing robot with name: acme+ci' }, 'exists'],
    [400, { message: 'duplicate key value violates unique constraint "user_username"' }, 'exists'],
    [400, { message: 'Username has already been taken by an organization and cannot be reused: acme' }, 'exists'],
    [400, { message: 'User bob is already a member of team devs' }, 'exists'],
    [400, { detail: 'Could not create repository' }, 'exists'],
    [409, { detail: 'Mirror configuration already exits for repository acme/app' }, 'exists'],
    [400, { message: { limit: 'If specified, the number of robots to return.' } }, 'refused'],
    [402, { detail: 'no more private repositories' }, 'refused'],
    [403, { error: 'CSRF token was invalid or missing.' }, 'unauthenticated'],
    [403, { message: 'CSRF token was invalid or missing.' }, 'unauthenticated'],
    [403, { detail: 'Unauthorized', error_type: 'insufficient_scope' }, 'denied'],
    [404, { detail: 'Not Found' }, 'gone'],
    [500, undefined, 'broken'],
    [520, { detail: 'downstream' }, 'unavailable'],
  ])('%i %j is %s', (status, body, outcome) => {
    const text = body === undefined ? '<html></html>' : JSON.stringify(body);
    expect(decided({ status, text, contentType: '', repeated: false }, call).outcome).toBe(outcome);
  });
});

describe('what may be shown', () => {
  test.each([
    ['the value given', 'the token abc-123-def is bad', ['abc-123-def'], 'the token [redacted] is bad'],
    ['a robot token', `token ${'A1'.repeat(32)} here`, [], 'token [redacted] here'],
    ['an OAuth token', `x ${'a1B2'.repeat(10)} y`, [], 'x [redacted] y'],
    ['a header', 'sent Authorization: Bearer abcdef', [], 'sent Authorization: [redacted]'],
    ['a web token', 'got eyJhbGciOiJI.eyJzdWIi.c2ln end', [], 'got [redacted] end'],
    ['all but the first line', 'one\ntwo', [], 'one'],
  ])('without %s', (_what, text, secrets, clean) => {
    expect(redact(text, secrets)).toBe(clean);
  });

  test('a long line is cut', () => {
    expect(redact('x '.repeat(400), []).length).toBe(300);
  });
});

test('Retry-After is read as seconds or a date, else ignored', () => {
  const now = new Date('2030-01-01T00:00:00Z');
  expect(retryAfterSeconds('12', now)).toBe(12);
  expect(retryAfterSeconds('Tue, 01 Jan 2030 00:01:00 GMT', now)).toBe(60);
  expect(retryAfterSeconds('Mon, 31 Dec 2029 00:00:00 GMT', now)).toBe(0);
  expect(retryAfterSeconds('soon', now)).toBeUndefined();
  expect(retryAfterSeconds(undefined, now)).toBeUndefined();
});
