import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linesOf } from '../../../src/kube/client/lines.js';

async function* cutAt(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

test('lines are whole however the stream is cut, inside of a letter too', async () => {
  const text = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }).map((line) => line.replaceAll('\n', '¶')));
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(9)), fc.boolean(), async (lines, sizes, ended) => {
      const bytes = Buffer.from(lines.join('\n') + (ended ? '\n' : ''));
      const found: string[] = [];
      for await (const batch of linesOf(cutAt(bytes, sizes))) found.push(...batch);
      expect(found).toEqual(lines);
    }),
  );
});
