import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { merge, type Json, type ListKeys } from '../../src/state/index.js';

const keys: ListKeys = {
  spec: {
    fields: {
      robots: { keys: ['name'] },
      repositories: { keys: ['name'], fields: { permissions: { keys: ['kind', 'name'] } } },
    },
  },
};

describe('an overlay', () => {
  test.each<[string, Json, Json, Json]>([
    ['replaces a scalar', { a: 1, b: 2 }, { a: 3 }, { a: 3, b: 2 }],
    ['merges mappings deep', { a: { b: { c: 1, d: 2 } } }, { a: { b: { d: 3 } } }, { a: { b: { c: 1, d: 3 } } }],
    ['adds a field', { a: 1 }, { b: { c: 2 } }, { a: 1, b: { c: 2 } }],
    ['removes a field with null', { a: 1, b: { c: 1, d: 1 } }, { b: { c: null } }, { a: 1, b: { d: 1 } }],
    ['may remove what is not there', { a: 1 }, { b: null, c: { d: null } }, { a: 1, c: {} }],
    ['replaces a list without keys', { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ['replaces a value of another kind', { a: [1] }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['replaces a mapping by a scalar', { a: { b: 1 } }, { a: 'x' }, { a: 'x' }],
    [
      'merges a list by its keys, new items sorted behind',
      { spec: { robots: [{ name: 'z', role: 'read' }, { name: 'b' }] } },
      { spec: { robots: [{ name: 'y' }, { name: 'a' }, { name: 'z', role: 'write' }] } },
      { spec: { robots: [{ name: 'z', role: 'write' }, { name: 'b' }, { name: 'a' }, { name: 'y' }] } },
    ],
    [
      'merges a list inside a list by several keys',
      { spec: { repositories: [{ name: 'r', permissions: [{ kind: 'user', name: 'x', role: 'read' }] }] } },
      {
        spec: {
          repositories: [
            {
              name: 'r',
              permissions: [
                { kind: 'user', name: 'x', role: 'admin' },
                { kind: 'team', name: 'x', role: 'read' },
              ],
            },
          ],
        },
      },
      {
        spec: {
          repositories: [
            {
              name: 'r',
              permissions: [
                { kind: 'user', name: 'x', role: 'admin' },
                { kind: 'team', name: 'x', role: 'read' },
              ],
            },
          ],
        },
      },
    ],
    [
      'does not merge a field of the same name elsewhere',
      { other: { robots: [{ name: 'a', role: 'read' }] } },
      { other: { robots: [{ name: 'a' }] } },
      { other: { robots: [{ name: 'a' }] } },
    ],
    [
      'does not hide that the base names one item twice',
      { spec: { robots: [{ name: 'a' }, { name: 'a' }] } },
      { spec: { robots: [{ name: 'b' }] } },
      { spec: { robots: [{ name: 'a' }, { name: 'a' }, { name: 'b' }] } },
    ],
  ])('%s', (_, base, overlay, merged) => {
    expect(merge(base, overlay, keys)).toEqual(merged);
  });

  test('leaves both inputs as they were', () => {
    const base = { spec: { robots: [{ name: 'a' }] } };
    const overlay = { spec: { robots: [{ name: 'b' }] } };
    const before = JSON.stringify([base, overlay]);
    merge(base, overlay, keys);
    expect(JSON.stringify([base, overlay])).toBe(before);
  });

  test('named __proto__ changes no prototype', () => {
    const overlay = JSON.parse(
      '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
    ) as Json;
    const merged = merge({}, overlay, {});
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

const name = fc.constantFrom('a', 'b', 'c', 'd');
const item = fc.record({ name, role: fc.option(fc.constantFrom('read', 'write', null), { nil: undefined }) });
const unique = fc.uniqueArray(item, { selector: ({ name }) => name });
const document = fc
  .record({ spec: fc.record({ robots: unique, free: fc.jsonValue(), deep: fc.dictionary(name, fc.jsonValue()) }) })
  .map((fields) => JSON.parse(JSON.stringify(fields)) as Json);

describe('merging', () => {
  test('an empty overlay changes nothing', () => {
    fc.assert(fc.property(document, (base) => expect(merge(base, {}, keys)).toEqual(base)));
  });

  test('twice is merging once', () => {
    fc.assert(
      fc.property(document, document, (base, overlay) => {
        const once = merge(base, overlay, keys);
        expect(merge(once, overlay, keys)).toEqual(once);
      }),
    );
  });
});
