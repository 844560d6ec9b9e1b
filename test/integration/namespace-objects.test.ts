import { describe, expect, test } from '@jest/globals';
import { currentOwnersOf, type NamespaceObject, objectOf } from '../../src/integration/index.js';

const [early, late] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'];
const object = (name: string, integration: string, more: Partial<NamespaceObject> = {}): NamespaceObject => ({
  name,
  integration,
  namespace: 'shop',
  organization: 'openshift_shop',
  status: {},
  created: early,
  deleting: false,
  ...more,
});
/** In whatever order a cache has them. */
const bothWays = (objects: readonly NamespaceObject[]): readonly (readonly NamespaceObject[])[] => [
  objects,
  [...objects].reverse(),
];

describe('the current owner of a namespace', () => {
  test.each<readonly [string, string | undefined, readonly NamespaceObject[]]>([
    ['is the one with the oldest object', 'two', [object('a', 'one', { created: late }), object('b', 'two')]],
    ['of equals is the first by the name of its object', 'one', [object('a', 'one'), object('b', 'two')]],
    ['is not by an object that is being deleted', 'two', [object('a', 'one', { deleting: true }), object('b', 'two')]],
    ['is not one that is gone', 'two', [object('a', 'gone'), object('b', 'two', { created: late })]],
    ['is nobody by an object without a namespace', undefined, [object('a', 'one', { namespace: undefined })]],
  ])('%s', (_, currentOwner, objects) => {
    for (const listed of bothWays(objects)) {
      expect(currentOwnersOf(listed, (name) => name !== 'gone').get('shop')).toBe(currentOwner);
    }
  });

  test('is found for each namespace apart', () => {
    const objects = [object('a', 'one'), object('b', 'two', { namespace: 'other' })];
    expect([...currentOwnersOf(objects, () => true)]).toEqual([
      ['shop', 'one'],
      ['other', 'two'],
    ]);
  });
});

test('a namespace goes by the oldest object of its owner that stays', () => {
  const objects = [
    object('a', 'one', { deleting: true }),
    object('b', 'two'),
    object('c', 'one', { created: late }),
    object('d', 'one'),
    object('e', 'one'),
  ];
  for (const listed of bothWays(objects)) {
    expect(objectOf(listed, 'one', 'openshift_shop')?.name).toBe('d');
    expect(objectOf(listed, 'three', 'openshift_shop')).toBeUndefined();
  }
});

describe('S22 a claim on the namespace of others', () => {
  const has = object('openshift.shop', 'one', { created: late, status: { origin: 'created' } });
  test.each<[string, Partial<NamespaceObject>]>([
    ['that is older', {}],
    ['that is first by name', { created: late }],
    ['for another organization', { organization: 'mine', status: { origin: 'created' } }],
  ])('%s does not become what it goes by', (_, claim) => {
    for (const listed of bothWays([has, object('a', 'one', claim)])) {
      expect(objectOf(listed, 'one', 'openshift_shop')).toBe(has);
    }
  });

  test('for another integration does not take it away', () => {
    for (const listed of bothWays([has, object('a', 'two')])) {
      expect(currentOwnersOf(listed, () => true).get('shop')).toBe('one');
    }
  });
});
