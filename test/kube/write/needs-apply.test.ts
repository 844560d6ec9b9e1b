import { describe, expect, test } from '@jest/globals';
import { type Fields } from '../../../src/json/index.js';
import { needsApply } from '../../../src/kube/write/needs-apply.js';

const ownership = { manager: 'quayside', apiVersion: 'v1' };
const declared: Fields = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'a', namespace: 'n', labels: { mine: 'yes' } },
  data: { key: 'dmFsdWU=' },
};
const fields: Fields = {
  'f:metadata': { 'f:labels': { 'f:mine': {} } },
  'f:data': { 'f:key': {} },
};
const live = (more: Fields = {}, fieldsV1: Fields = fields, entry: Fields = {}): Fields => ({
  ...declared,
  ...more,
  metadata: {
    name: 'a',
    uid: 'u',
    labels: { mine: 'yes', theirs: 'too' },
    managedFields: [{ manager: 'quayside', operation: 'Apply', apiVersion: 'v1', fieldsV1, ...entry }],
  },
});

test('an object that is as it is declared needs nothing, whatever others have added', () => {
  expect(needsApply(live(), declared, ownership)).toBe(false);
  expect(needsApply(live({ data: { key: 'dmFsdWU=', theirs: 'x' } }), declared, ownership)).toBe(false);
});

test.each<[string, Fields]>([
  ['a value was changed', live({ data: { key: 'b3RoZXI=' } })],
  ['a value is gone', live({ data: {} })],
  ['a field that was declared is no longer', live({}, { ...fields, 'f:type': {} })],
  ['a field of a map that was declared is no longer', live({}, { ...fields, 'f:data': { 'f:key': {}, 'f:old': {} } })],
  ['somebody else has taken a field over', live({}, { 'f:data': { 'f:key': {} } })],
  ['we have never applied it', live({}, fields, { manager: 'kubectl' })],
  ['it was only written by us in another way', live({}, fields, { operation: 'Update' })],
  ['it was applied as another version', live({}, fields, { apiVersion: 'v1beta1' })],
  ['only another part of it was applied', live({}, fields, { subresource: 'status' })],
])('it needs to be applied when %s', (_, object) => {
  expect(needsApply(object, declared, ownership)).toBe(true);
});

describe('lists', () => {
  const of = (robots: unknown): Fields => ({ spec: { robots } });
  const keyed = {
    'f:spec': { 'f:robots': { 'k:{"name":"a"}': { '.': {}, 'f:name': {}, 'f:role': {} } } },
  };
  const mine = [{ name: 'a', role: 'read' }];
  test.each<[string, unknown, Fields, unknown, boolean]>([
    ['by key, with items of others', mine, keyed, [{ name: 'z' }, { name: 'a', role: 'read' }], false],
    ['by key, with a value changed', mine, keyed, [{ name: 'a', role: 'write' }], true],
    ['by key, one of ours gone', mine, keyed, [], true],
    ['by key, one more stated', [...mine, { name: 'b' }], keyed, [{ name: 'a', role: 'read' }, { name: 'b' }], true],
    ['by value', ['x'], { 'f:spec': { 'f:robots': { 'v:"x"': {} } } }, ['y', 'x'], false],
    ['by value, one gone', ['x'], { 'f:spec': { 'f:robots': { 'v:"x"': {} } } }, ['y'], true],
    ['as a whole', ['x'], { 'f:spec': { 'f:robots': {} } }, ['x'], false],
    ['as a whole, with one more', ['x'], { 'f:spec': { 'f:robots': {} } }, ['x', 'y'], true],
  ])('owned %s', (_, robots, fieldsV1, found, needed) => {
    expect(needsApply(live(of(found), fieldsV1), of(robots), ownership)).toBe(needed);
  });
});

test('without the record of who applied what, values decide', () => {
  const cached: Fields = { metadata: { labels: { mine: 'yes' } }, data: { key: 'dmFsdWU=' } };
  expect(needsApply(cached, declared, ownership)).toBe(false);
  expect(needsApply({ ...cached, data: {} }, declared, ownership)).toBe(true);
});
