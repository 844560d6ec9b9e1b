import { isCollection, isMap, isScalar, isSeq, type Node } from 'yaml';

/** A field in the words of kubectl (`spec.robots[0].name`), or the steps to it. */
export type FieldPath = string | readonly PropertyKey[];

function stepsOf(path: FieldPath): readonly string[] {
  if (typeof path !== 'string') return path.map(String);
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(
    ([, index, quoted, field]) => index ?? (quoted === undefined ? field : textOf(quoted)) ?? '',
  );
}

/** A name as JSON has it. */
function textOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

/** The offset of the key or item that a path names, or of the last one on the way to it. */
export function locateNode(top: unknown, path: FieldPath): number {
  let node: unknown = top;
  let offset = startOf(top) ?? 0;
  for (const step of stepsOf(path)) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === step);
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (node === undefined) break;
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isCollection(node) ? (node as Node).range?.[0] : undefined;
}
