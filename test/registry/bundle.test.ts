import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readBundle } from '../../src/registry/bundle/index.js';
import { PlainScalar } from '../../src/registry/config/value.js';

const read = (config: string) => readBundle('bundle', { stringData: { 'config.yaml': config } });
const messages = (config: string): string[] => read(config).faults.map(({ path, message }) => `${path}: ${message}`);

describe('a bundle', () => {
  test('N12 numbers, octals and dates stay as they are written', () => {
    const { config, faults } = read(
      'BIG: 12345678901234567890\nONE: 1.0\nMODE: 010\nNEW: 0o17\nHEX: 0x1F\nDAY: 2024-01-02\nNONE: null\nQUOTED: "010"\n',
    );
    expect(faults).toEqual([]);
    expect(config).toEqual({
      BIG: new PlainScalar('12345678901234567890'),
      ONE: new PlainScalar('1.0'),
      MODE: new PlainScalar('010'),
      NEW: '0o17',
      HEX: new PlainScalar('0x1F'),
      DAY: new PlainScalar('2024-01-02'),
      NONE: null,
      QUOTED: '010',
    });
  });

  test('words that YAML 1.1 takes for true are true, and letters are letters', () => {
    expect(read('A: yes\nB: off\nC: n\nyes: 1\n').config).toEqual({ A: true, B: false, C: 'n', yes: 1 });
  });

  test('merges and anchors are read as Quay reads them', () => {
    expect(read('A: &a {x: 1}\nB: {<<: *a, y: 2}\n').config).toEqual({ A: { x: 1 }, B: { x: 1, y: 2 } });
  });

  test('P16 an empty, a missing or an unreadable configuration is a fault and no crash', () => {
    expect(messages('')).toEqual([': is empty']);
    expect(messages('- a\n')).toEqual([': is no mapping']);
    expect(messages('a: [')[0]).toMatch(/^: is not YAML/);
    expect(messages('a: 1\n---\nb: 2\n')).toEqual([': is not YAML: a second document begins']);
    expect(messages('['.repeat(20_000))).toEqual([': is nested too deeply']);
    expect(messages('a: *nobody\n')[0]).toMatch(/^: cannot be read/);
    expect(messages('a: !!python/object:os.system x\n')[0]).toMatch(/^: is not YAML/);
    const whole = (secret: Parameters<typeof readBundle>[1]) =>
      readBundle('b', secret).faults.map((one) => one.message);
    expect(whole(undefined)).toEqual(['does not exist']);
    expect(whole({})).toEqual(['is empty']);
    expect(whole({ data: { 'ssl.cert': '' } })).toEqual(['has no key config.yaml']);
    expect(whole({ data: { 'config.yaml': '//79' } })).toEqual(['is not UTF-8']);
    expect(whole({ data: { 'config.yaml': '%canary%' } })).toEqual([
      'is not base64, as what stands under data has to be',
    ]);
    expect(whole({ data: { 'config.yaml': 'QTogMQo=\n' } })).toEqual([]);
  });

  test('keys that every object of JavaScript has are keys like others', () => {
    const { config, lines, faults } = read('constructor: 1\ntoString: x\n');
    expect([config, faults]).toEqual([{ constructor: 1, toString: 'x' }, []]);
    const names = ['constructor', 'toString', '__proto__', 'valueOf'];
    expect(names.map((name) => lines?.[name])).toEqual([1, 2, undefined, undefined]);
  });

  test('N4 a key that stands twice is a fault with its line', () => {
    expect(read('A: 1\nB: {x: 1, x: 2}\nA: 2\n').faults).toMatchObject([
      { object: 'Secret/bundle', source: 'config.yaml', path: 'A', line: 3, message: 'stands twice' },
      { path: 'x', line: 2, message: 'stands twice' },
    ]);
  });

  test('five megabytes are refused before they are parsed, and a Secret over its limit as a whole', () => {
    expect(messages(`A: ${'x'.repeat(5 * 1024 * 1024)}`)[0]).toMatch(/^: is 5242883 bytes long/);
    const files = { 'config.yaml': 'A: 1\n', one: 'x'.repeat(600_000), two: 'x'.repeat(600_000) };
    expect(readBundle('b', { stringData: files }).faults.map(({ message }) => message)).toEqual([
      'would hold 1200005 bytes; the API server takes at most 1048576',
    ]);
  });

  test.each([
    ['PW: *pass-canary', 'an alias stands here, and no anchor of its name before it'],
    ['PW: !pass-canary x', 'a tag is unknown; text that begins with ! needs quotes'],
    ['PW: "a" pass-canary', 'something stands where nothing can stand'],
    ['PW: "pass\\qcanary"', 'an escape that does not exist'],
    ['PW: @pass-canary', 'text that begins with @'],
    ['PW: a: pass-canary', 'text with a colon and a blank needs quotes'],
    ['PW: "pass-canary', 'a colon, a quote, a bracket, a comma or a blank is missing'],
    ['PW: &a b &pass-canary', ''],
    ['%pass-canary\n---\nPW: 1', 'text that begins with % needs quotes'],
    ['PW: 1\npass-canary', 'a colon, a quote, a bracket'],
  ])('of %j the words of the fault have the line, and nothing of the text', (text, words) => {
    const { faults } = read(`# secrets\n${text}\n`);
    expect(JSON.stringify(faults)).not.toContain('canary');
    if (words !== '')
      expect(faults[0]).toMatchObject({ message: expect.stringContaining(words), line: expect.any(Number) });
  });

  test('a file that cannot be a key of a Secret is a fault', () => {
    const stringData = { 'config.yaml': 'A: 1\n', 'my cert.pem': '', 'a/b': '' };
    expect(readBundle('b', { stringData }).faults.map(({ path }) => path)).toEqual(['my cert.pem', 'a/b']);
  });

  test('aliases of aliases do not fill the memory', () => {
    const levels = Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`);
    expect(messages(`a0: &a0 [1,2,3]\n${levels.join('\n')}\n`)[0]).toMatch(/^: cannot be read/);
  });

  test('whatever bytes it has, reading it gives a value', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const secret = { data: { 'config.yaml': Buffer.from(bytes).toString('base64') } };
        expect(readBundle('b', secret).secret).toBe('b');
      }),
    );
  });
});
