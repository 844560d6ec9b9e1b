import { describe, expect, test } from '@jest/globals';
import { goneDocuments } from '../../src/app/converge-state.js';
import { document } from '../fixtures/playground.js';

type Input = Parameters<typeof goneDocuments>[0];

const shop = document('shop');
const inventory = { managedItems: [] };
const gone = (more: Partial<Input> = {}): readonly string[] =>
  goneDocuments({
    documents: [],
    withheld: new Set(),
    recorded: new Map([[shop.spec.name, { document: shop, inventory }]]),
    complete: true,
    isIgnored: () => false,
    ...more,
  }).map(({ spec }) => `${spec.name} ${spec.deletionPolicy}`);

describe('an organization that was applied', () => {
  test('is gone once no document declares it', () => {
    expect(gone()).toEqual(['openshift_shop Delete']);
    expect(gone({ documents: [shop] })).toEqual([]);
  });

  test('is not gone while its document must not be applied, or ignore.yaml lists it', () => {
    expect(gone({ withheld: new Set(['openshift_shop']) })).toEqual([]);
    expect(gone({ isIgnored: () => true })).toEqual([]);
  });

  test('is not gone where only some documents are given, or read', () => {
    expect(gone({ complete: false })).toEqual([]);
  });

  test('is not gone when it came from a file of its own', () => {
    const apart = new Map([[shop.spec.name, { document: shop, inventory, apart: true as const }]]);
    expect(gone({ recorded: apart })).toEqual([]);
  });
});
