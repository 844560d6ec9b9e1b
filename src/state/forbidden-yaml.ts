import { isMap, isScalar, visit, type Document, type Node, type YAMLMap } from 'yaml';

/** Something that YAML allows and a state file does not. */
export interface Forbidden {
  readonly message: string;
  readonly offset: number;
  readonly hint?: string;
}

const offsetOf = (node: unknown): number => (node as Node | undefined)?.range?.[0] ?? 0;

function keyFault(key: unknown): string | undefined {
  if (!isScalar(key) || key.value === null) return 'a key must be a plain word';
  return key.value === '__proto__' ? 'no field is called __proto__' : undefined;
}

/** The parser compares every key with every other, which takes minutes for a file of a megabyte. */
function repeatedKeys({ items }: YAMLMap): readonly Forbidden[] {
  const seen = new Set<string>();
  return items.flatMap(({ key }) => {
    const name = isScalar(key) ? String(key.value) : undefined;
    if (name === undefined || !seen.has(name)) {
      if (name !== undefined) seen.add(name);
      return [];
    }
    return [{ message: 'Map keys must be unique', offset: offsetOf(key), hint: 'keep one of them' }];
  });
}

/** Everything in a well-formed document that a state file may not contain: aliases, odd or repeated keys, numbers JSON lacks. */
export function forbiddenIn(document: Document): readonly Forbidden[] {
  const found: Forbidden[] = [];
  const { contents } = document;
  if (contents !== null && !isMap(contents) && !(isScalar(contents) && contents.value === null)) {
    return [{ message: 'the top level must be a mapping (`field: value`)', offset: offsetOf(contents) }];
  }
  visit(document, {
    // A few aliases of aliases make a small file gigabytes when read, and reviewers cannot see what they stand for.
    Alias: (_, alias) => {
      const message = `aliases are not allowed (*${alias.source})`;
      found.push({ message, offset: offsetOf(alias), hint: 'write out what it stands for' });
    },
    Map: (_, map) => {
      found.push(...repeatedKeys(map));
    },
    Pair: (_, { key }) => {
      const message = keyFault(key);
      if (message !== undefined) found.push({ message, offset: offsetOf(key) });
    },
    Scalar: (_, scalar) => {
      if (typeof scalar.value !== 'number' || Number.isFinite(scalar.value)) return;
      found.push({ message: 'is not a finite number', offset: offsetOf(scalar) });
    },
  });
  return found;
}
