import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { blobId, diffTrees, planId } from '../../src/state/index.js';

const tree: fc.Arbitrary<ReadonlyMap<string, string>> = fc
  .dictionary(fc.constantFrom('a', 'b', 'c/d', 'e'), fc.constantFrom('1', '2'))
  .map((files) => new Map(Object.entries(files)));

describe('trees', () => {
  test.each(['', 'a\n', 'ü\0'])('the id of %j is the one git gives', (content) => {
    const id = execFileSync('git', ['hash-object', '--stdin'], { input: content, encoding: 'utf8' }).trim();
    expect(blobId(content)).toBe(id);
    expect(blobId(Buffer.from(content))).toBe(id);
  });

  test('the difference names every path that differs once, sorted', () => {
    const base = new Map([
      ['b', '1'],
      ['a', '1'],
      ['keep', '1'],
      ['z', '1'],
    ]);
    const proposed = new Map([
      ['keep', '1'],
      ['a', '2'],
      ['new/x', '1'],
      ['b', '1'],
    ]);
    expect(diffTrees(base, proposed)).toEqual({ added: ['new/x'], changed: ['a'], removed: ['z'] });
  });

  test('applying the difference gives the proposed tree', () => {
    fc.assert(
      fc.property(tree, tree, (base, proposed) => {
        const { added, changed, removed } = diffTrees(base, proposed);
        const result = new Map(base);
        for (const path of [...added, ...changed]) result.set(path, proposed.get(path) ?? '');
        for (const path of removed) result.delete(path);
        expect(Object.fromEntries(result)).toEqual(Object.fromEntries(proposed));
      }),
    );
  });

  test('the plan id depends on both trees and not on their order', () => {
    const base = new Map([
      ['a', '1'],
      ['b', '2'],
    ]);
    const turned = new Map([
      ['b', '2'],
      ['a', '1'],
    ]);
    expect(planId(base, new Map())).toBe(planId(turned, new Map()));
    expect(planId(base, new Map())).not.toBe(planId(new Map(), base));
  });
});
