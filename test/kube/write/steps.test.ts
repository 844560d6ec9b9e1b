import { expect, test } from '@jest/globals';
import { addFinalizer, removeAnnotations, removeFinalizers } from '../../../src/kube/write/finalizers.js';
import { pointer } from '../../../src/json/index.js';
import { linkSteps } from '../../../src/kube/write/pull-secret-link.js';

test('a way to a field keeps the characters that mean something in it', () => {
  expect(pointer('metadata', 'annotations', 'a.b/c~d', 3)).toBe('/metadata/annotations/a.b~1c~0d/3');
});

test('a secret is put behind those of others, in a list that is made where it is missing', () => {
  const account = { imagePullSecrets: [{ name: 'builder-dockercfg-x' }] };
  expect(linkSteps(account, { secret: 'mine', linked: true })).toEqual([
    { op: 'add', path: '/secrets', value: [{ name: 'mine' }] },
    { op: 'add', path: '/imagePullSecrets/-', value: { name: 'mine' } },
  ]);
});

test('a secret that is linked already is left', () => {
  const account = { secrets: [{ name: 'mine' }], imagePullSecrets: [{ name: 'mine' }] };
  expect(linkSteps(account, { secret: 'mine', linked: true })).toEqual([]);
  expect(linkSteps({}, { secret: 'mine', linked: false })).toEqual([]);
});

test('a secret is taken off wherever it stands, from the end', () => {
  const account = { secrets: [{ name: 'mine' }, { name: 'theirs' }, { name: 'mine' }] };
  expect(linkSteps(account, { secret: 'mine', linked: false })).toEqual([
    { op: 'remove', path: '/secrets/2' },
    { op: 'remove', path: '/secrets/0' },
  ]);
});

test('a pull secret link changes only the list that is meant', () => {
  expect(linkSteps({}, { secret: 'mine', linked: true, lists: ['imagePullSecrets'] })).toHaveLength(1);
});

test('finalizers come and go one by one', () => {
  const live = { metadata: { finalizers: ['theirs', 'ours'] } };
  expect(addFinalizer({ metadata: {} }, 'ours')).toEqual([
    { op: 'add', path: '/metadata/finalizers', value: ['ours'] },
  ]);
  expect(addFinalizer(live, 'ours')).toEqual([]);
  expect(addFinalizer({ metadata: { deletionTimestamp: 'now' } }, 'ours')).toEqual([]);
  expect(removeFinalizers(live, ['ours', 'other'])).toEqual([{ op: 'remove', path: '/metadata/finalizers/1' }]);
  expect(removeFinalizers({}, ['ours'])).toEqual([]);
});

test('annotations are taken off by name', () => {
  const live = { metadata: { annotations: { 'a/b': '1', c: '2' } } };
  expect(removeAnnotations(live, ['a/b', 'none'])).toEqual([{ op: 'remove', path: '/metadata/annotations/a~1b' }]);
});
