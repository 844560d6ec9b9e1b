import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { RetryableError, TerminalError } from '../../../src/errors/index.js';
import { createLog, type Log, type LogOptions } from '../../../src/process/index.js';

type Line = Readonly<Record<string, unknown>>;

/** What a log writes, line by line. */
function written(speak: (log: Log) => void, options: Partial<LogOptions> = {}): { text: string; lines: Line[] } {
  let text = '';
  const destination = { write: (line: string) => void (text += line) };
  speak(createLog({ level: 'info', name: 'quayside-operator', destination, ...options }));
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return { text, lines };
}

test('a line has the level as a word, an ISO time and the name', () => {
  const { lines } = written((log) => log.info({ integration: 'quay' }, 'Published'));
  expect(lines).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      name: 'quayside-operator',
      integration: 'quay',
      msg: 'Published',
    },
  ]);
});

test('what is below the level is not written', () => {
  const { lines } = written((log) => {
    log.debug('quiet');
    log.warn('loud');
  });
  expect(lines.map(({ msg }) => msg)).toEqual(['loud']);
});

test('an unknown level is refused with those that there are', () => {
  expect(() => createLog({ level: 'chatty', name: 'x' })).toThrow('"chatty" is no log level');
});

describe('an error', () => {
  const failure = new RetryableError('QuayUnreachable', 'Quay does not answer', {
    hint: 'Check quayHostname.',
    cause: Object.assign(new Error('connect ECONNREFUSED', { cause: 'a cable' }), { code: 'ECONNREFUSED', port: 443 }),
  });
  const fields = {
    type: 'RetryableError',
    code: 'QuayUnreachable',
    message: 'Quay does not answer',
    hint: 'Check quayHostname.',
    retryable: true,
    cause: { type: 'Error', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED', cause: 'a cable' },
  };

  test.each<[string, (log: Log) => void, string]>([
    ['alone', (log) => log.error(failure), 'err'],
    ['as err', (log) => log.error({ err: failure }, 'Sweep failed'), 'err'],
    ['under another name', (log) => log.error({ failure }, 'Sweep failed'), 'failure'],
    ['in a child', (log) => log.child({ err: failure }).error('Sweep failed'), 'err'],
  ])('keeps code, message, hint and causes, and no stack: %s', (_, speak, key) => {
    expect(written(speak).lines[0]?.[key]).toEqual(fields);
  });

  test('has its stack from debug on', () => {
    const { lines } = written((log) => log.error(failure), { level: 'debug' });
    expect(lines[0]).toMatchObject({ err: { stack: expect.stringContaining('log.test.ts') } });
  });

  test('that is its own cause comes to an end', () => {
    const circle = new Error('one');
    circle.cause = new Error('two', { cause: circle });
    expect(written((log) => log.error(circle)).lines[0]?.err).toEqual({
      type: 'Error',
      message: 'one',
      cause: { type: 'Error', message: 'two' },
    });
  });

  test('with several underneath names each', () => {
    const many = new AggregateError([new TerminalError('InvalidInput', 'a'), new Error('b')], 'two faults');
    expect(written((log) => log.error(many)).lines[0]).toMatchObject({
      err: { message: 'two faults', errors: [{ code: 'InvalidInput', message: 'a' }, { message: 'b' }] },
    });
  });
});

describe('a credential in use', () => {
  const canary = 'Kanari-7c1"f\\9Ω/e+3=b';
  const key = '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49\n-----END PRIVATE KEY-----';
  const circle: Record<string, unknown> = { value: canary };
  circle.self = circle;
  const shapes: readonly [string, (log: Log) => void][] = [
    ['message', (log) => log.info(`token ${canary} used`)],
    ['format string', (log) => log.info('token %s used', canary)],
    ['formatted object', (log) => log.info('got %o', { value: canary })],
    ['formatted JSON', (log) => log.info('got %j', { value: canary })],
    ['field', (log) => log.info({ value: canary }, 'x')],
    ['deep field', (log) => log.info({ a: { b: [{ c: canary }] } }, 'x')],
    ['name of a field', (log) => log.info({ a: { [canary]: 1 } }, 'x')],
    ['child', (log) => log.child({ value: canary }).info('x')],
    [
      'child of a child',
      (log) =>
        log
          .child({ a: { value: canary } })
          .child({ b: 1 })
          .info('x'),
    ],
    ['error', (log) => log.error(new Error(`no ${canary}`))],
    ['error with a message', (log) => log.error(new Error(`no ${canary}`), 'failed')],
    ['cause', (log) => log.error(new Error('no', { cause: new Error(canary) }))],
    ['field of an error', (log) => log.error(Object.assign(new Error('no'), { sent: canary }))],
    ['hint of an error', (log) => log.error(new TerminalError('InvalidInput', 'no', { hint: `try ${canary}` }))],
    ['code of an error', (log) => log.error(Object.assign(new Error('no'), { code: canary }))],
    ['inspected', (log) => log.info(inspect({ value: [canary] }))],
    ['JSON in a field', (log) => log.info({ body: JSON.stringify({ value: canary }) }, 'x')],
    ['JSON in JSON', (log) => log.info({ body: JSON.stringify(JSON.stringify({ value: canary })) }, 'x')],
    ['address', (log) => log.info(`GET /x?q=${encodeURIComponent(canary)}`)],
    ['userinfo', (log) => log.info(`https://robot:${encodeURIComponent(canary)}@git.example.com/x`)],
    ['basic authorization', (log) => log.info(Buffer.from(`robot:${canary}`).toString('base64'))],
    ['secret data', (log) => log.info({ data: { value: Buffer.from(canary).toString('base64') } }, 'x')],
    ['docker config', (log) => log.info({ x: Buffer.from(`{"auths":{"q":{"p":"${canary}"}}}`).toString('base64') })],
    ['toJSON', (log) => log.info({ x: { toJSON: () => canary } })],
    ['part of a key', (log) => log.info('openssl: MIGHAgEAMBMGByqGSM49AgEGCCqGSM49 is bad')],
    ['key', (log) => log.info({ key }, `got ${key}`)],
    ['circle', (log) => log.info(circle)],
  ];

  test.each(shapes)('is replaced: %s', (_, speak) => {
    const { text, lines } = written(speak, { secrets: () => [canary, key] });
    expect(lines).toHaveLength(1);
    for (const form of [
      canary,
      canary.slice(0, 9),
      encodeURIComponent(canary).slice(0, 12),
      'MIGHAgEAMBMG',
      'Kanari',
    ]) {
      expect(text).not.toContain(form);
    }
    for (const encoded of text.match(/[\w+/=-]{8,}/g) ?? []) {
      expect(Buffer.from(encoded, 'base64').toString()).not.toContain('Kanari');
    }
  });

  test('that came meanwhile is replaced as well, one that went is not looked for', () => {
    let secrets = ['first-secret'];
    const { lines } = written(
      (log) => {
        log.info('first-secret second-secret');
        secrets = ['second-secret'];
        log.info('first-secret second-secret');
      },
      { secrets: () => secrets },
    );
    expect(lines.map(({ msg }) => msg)).toEqual(['[redacted] second-secret', 'first-secret [redacted]']);
  });

  test('of digits is replaced also as a number', () => {
    const { lines } = written((log) => log.info({ pin: 48151623 }, 'x'), { secrets: () => ['48151623'] });
    expect(lines[0]?.pin).toBe('[redacted]');
  });

  test('that is empty or very short does not blacken the log', () => {
    const { lines } = written((log) => log.info('a b c'), { secrets: () => ['', 'a', '\n'] });
    expect(lines[0]?.msg).toBe('a b c');
  });
});

describe('what nobody named as a credential is hidden', () => {
  test.each([
    ['token', { token: 'abc' }],
    ['password, deep and in an array', { a: { b: [{ c: { d: { password: 'abc' } } }] } }],
    ['header of any case', { headers: { Authorization: 'abc' } }],
    ['pull secret', { data: { '.dockerconfigjson': 'abc' } }],
    ['number', { token: 123 }],
    ['object', { auths: { 'registry.example.com': 'abc' } }],
  ])('by the name of its field: %s', (_, fields) => {
    const { text } = written((log) => log.info(fields, 'x'));
    expect(text).toContain('[redacted]');
    expect(text).not.toMatch(/abc|123/);
  });

  test.each([
    ['Authorization: Bearer abcdefghijklmnop', 'Authorization: Bearer [redacted]'],
    ['authorization: abcdef', 'authorization: [redacted]'],
    ['https://me:pass@git.example.com/x', 'https://[redacted]@git.example.com/x'],
    ['GET /x?access_token=abc&page=2', 'GET /x?access_token=[redacted]&page=2'],
  ])('by its shape: %s', (message, shown) => {
    expect(written((log) => log.info(message)).lines[0]?.msg).toBe(shown);
  });

  test('while names and addresses stay as they are', () => {
    const fields = {
      secret: 'builder-quay-openshift',
      url: 'https://quay.example.com/api',
      robot: 'a+builder',
      mail: 'a@b.example',
    };
    expect(written((log) => log.info(fields, 'Wrote a secret for basic authentication')).lines[0]).toMatchObject(
      fields,
    );
  });
});

describe('what somebody sent', () => {
  test('is cut, and how long it was is said', () => {
    const long = 'a'.repeat(2_000_000);
    const { text, lines } = written((log) => log.info({ namespace: long, short: 'b', [long]: 1 }, long));
    expect(lines[0]).toMatchObject({ level: 'info', short: 'b', msg: `${'a'.repeat(1024)}… (2000000 characters)` });
    expect(text.length).toBeLessThan(5_000);
  });

  test.each<[string, unknown]>([
    ['many entries', Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`key-${at}`, 'v'.repeat(2_000)]))],
    ['a long list', Array.from({ length: 10_000 }, () => 'v'.repeat(2_000))],
    ['what is deep', JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`)],
    ['an error', new Error('e'.repeat(100_000), { cause: new Error('f'.repeat(100_000)) })],
    ['characters of two halves', '😀'.repeat(100_000)],
  ])('is in a line that stays short and can be read: %s', (_, foreign) => {
    const { text, lines } = written((log) => log.warn({ foreign }, 'Refused'), { level: 'debug' });
    expect(lines).toEqual([expect.objectContaining({ level: 'warn', msg: 'Refused' })]);
    expect(text.length).toBeLessThan(17_000);
    expect(Buffer.from(text).toString()).toBe(text);
  });

  test('shows no part of a credential where it was cut', () => {
    const { text } = written((log) => log.info({ body: `${'a'.repeat(1_020)}hunter2-hunter2` }, 'Got it'), {
      secrets: () => ['hunter2-hunter2'],
    });
    expect(text).not.toContain('hun');
  });
});
