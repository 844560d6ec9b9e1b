import { isMap, isScalar, isSeq, type Document, type Node } from 'yaml';
import { pathOf } from '../paths.js';

/** The line of every field of a document by its path. What stands behind an alias has the line of its anchor's user. */
export function fieldLines(
  { contents }: Document,
  lineAt: (offset: number) => number,
): Readonly<Record<string, number>> {
  // Without a prototype: `constructor` is a key like any other.
  const lines = Object.create(null) as Record<string, number>;
  const look = (node: unknown, steps: readonly (string | number)[]): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key)) note(key, value, [...steps, String(key.value)]);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, at) => {
        note(item, item, [...steps, at]);
      });
    }
  };
  const note = (at: unknown, value: unknown, steps: readonly (string | number)[]): void => {
    const offset = (at as Node | null)?.range?.[0];
    if (offset !== undefined) lines[pathOf(steps)] = lineAt(offset);
    look(value, steps);
  };
  look(contents, []);
  return lines;
}

/** The line of a field given by its steps, or of the nearest one around it that is written. */
export function lineOf(
  lines: Readonly<Record<string, number>> | undefined,
  steps: readonly (string | number)[],
): number | undefined {
  for (let length = steps.length; length > 0; length -= 1) {
    const line = lines?.[pathOf(steps.slice(0, length))];
    if (line !== undefined) return line;
  }
  return undefined;
}
