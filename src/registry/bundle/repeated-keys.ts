import { isScalar, visit, type Document, type Node } from 'yaml';
import { type FaultText } from '../faults.js';

/** A key that is a fault, and where in the text it stands. */
export type RepeatedKey = FaultText & { readonly at: number };

/** Keys that stand twice in one mapping, or are no names. The parser would compare every key with every other. */
export function repeatedKeys(document: Document): readonly RepeatedKey[] {
  const found: RepeatedKey[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : undefined;
        const at = (key as Node | undefined)?.range?.[0] ?? 0;
        if (name === undefined || name === '__proto__') {
          found.push({ at, path: name ?? '', message: 'is no plain name', hint: 'Use text as the key.' });
        } else if (seen.has(name) && name !== '<<') {
          found.push({ at, path: name, message: 'stands twice', hint: 'Keep one of them: Quay refuses such a file.' });
        } else seen.add(name);
      }
    },
  });
  return found.slice(0, 20);
}
