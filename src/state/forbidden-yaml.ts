import { isMap, isScalar, visit, type Document, type Node } from 'yaml';

/** Something that YAML allows and a state file does not. */
export interface Forbidden {
  readonly message: string;
  readonly offset: number;
}

const offsetOf = (node: unknown): number => (node as Node | undefined)?.range?.[0] ?? 0;

function keyFault(key: unknown): string | undefined {
  if (!isScalar(key) || key.value === null) return 'a key must be a plain word';
  return key.value === '__proto__' ? 'no field is called __proto__' : undefined;
}

/** Everything in a well-formed document that a state file may not contain: aliases, odd keys, numbers JSON lacks. */
export function forbiddenIn(document: Document): readonly Forbidden[] {
  const found: Forbidden[] = [];
  const { contents } = document;
  if (contents !== null && !isMap(contents) && !(isScalar(contents) && contents.value === null)) {
    return [{ message: 'the top level must be a mapping (`field: value`)', offset: offsetOf(contents) }];
  }
  visit(document, {
    // A few aliases of aliases make a small file gigabytes when read, and reviewers cannot see what they stand for.
    Alias: (_, alias) => {
      found.push({ message: `aliases are not allowed (*${alias.source})`, offset: offsetOf(alias) });
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
