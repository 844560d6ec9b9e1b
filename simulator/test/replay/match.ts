import { type Bindings, matchText } from './bindings.js';
import { isList, isObject } from './pointer.js';
import { type Json, type JsonObject } from './scenario.js';

/** The bindings after an answer has met its recording; undefined when they differ. */
export function match(
  expected: Json,
  actual: Json | undefined,
  bindings: Bindings,
  unordered: readonly string[],
  pointer = '',
): Bindings | undefined {
  if (actual === undefined) return undefined;
  if (typeof expected === 'string') return matchText(expected, actual, bindings);
  if (isList(expected)) {
    if (!isList(actual) || actual.length !== expected.length) return undefined;
    return unordered.includes(pointer === '' ? '/' : pointer)
      ? matchAnyOrder(expected, actual, bindings, unordered)
      : matchInOrder(expected, actual, bindings, unordered, pointer);
  }
  if (isObject(expected))
    return isObject(actual) ? matchObject(expected, actual, bindings, unordered, pointer) : undefined;
  return expected === actual ? bindings : undefined;
}

function matchInOrder(
  expected: readonly Json[],
  actual: readonly Json[],
  bindings: Bindings,
  unordered: readonly string[],
  pointer: string,
): Bindings | undefined {
  return expected.reduce<Bindings | undefined>(
    (known, entry, index) => known && match(entry, actual[index], known, unordered, `${pointer}/${index}`),
    bindings,
  );
}

function matchAnyOrder(
  expected: readonly Json[],
  actual: readonly Json[],
  bindings: Bindings,
  unordered: readonly string[],
): Bindings | undefined {
  const [first, ...rest] = expected;
  if (first === undefined) return bindings;
  for (const [index, candidate] of actual.entries()) {
    const known = match(first, candidate, bindings, unordered, '?');
    const others = known && matchAnyOrder(rest, actual.toSpliced(index, 1), known, unordered);
    if (others) return others;
  }
  return undefined;
}

function matchObject(
  expected: JsonObject,
  actual: JsonObject,
  bindings: Bindings,
  unordered: readonly string[],
  pointer: string,
): Bindings | undefined {
  const keys = Object.keys(expected);
  if (keys.length !== Object.keys(actual).length) return undefined;
  return keys.reduce<Bindings | undefined>(
    (known, key) => known && match(expected[key] ?? null, actual[key], known, unordered, `${pointer}/${key}`),
    bindings,
  );
}
