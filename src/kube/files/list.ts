import { type Fields, objectOrEmpty, textOf } from '../../json/index.js';

/** A list of objects, as the API server and its clients write it. */
export interface Listed {
  readonly apiVersion: string;
  /** The kind of every item; absent in a plain `List`, whose items each have their own. */
  readonly itemKind: string | undefined;
  readonly items: readonly unknown[];
}

/**
 * The document as a list, `undefined` when it is an object, or what is wrong with it. `given` items were taken out of it before.
 * The clients of Kubernetes write `kind` after the items: where it is missing, so may be some of these.
 */
export function listOf(value: Fields, given: number): Listed | string | undefined {
  const kind = textOf(value.kind);
  const { items } = value;
  if (items !== null && !Array.isArray(items)) {
    return kind === 'List' ? 'is a List without items: the file is cut off' : undefined;
  }
  if (kind === undefined) {
    return items === null && given === 0 ? undefined : 'has items, but no kind behind them: the file is cut off';
  }
  return whole(value, kind, items ?? []);
}

function whole(value: Fields, kind: string, items: readonly unknown[]): Listed | string {
  const apiVersion = textOf(value.apiVersion);
  if (apiVersion === undefined) return 'has items, but no apiVersion';
  if (!kind.endsWith('List')) return 'has items, but its kind is no list';
  if (textOf(objectOrEmpty(value.metadata).continue) !== undefined) return 'holds only one page of a list';
  return { apiVersion, itemKind: kind === 'List' ? undefined : kind.slice(0, -4), items };
}
