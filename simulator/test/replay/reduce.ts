import { isList, isObject, valueAt, withValueAt } from './pointer.js';
import { type Json, type Reduction, type Step } from './scenario.js';

const httpMethods = ['get', 'post', 'put', 'delete', 'patch'];

/** The part of an answer that a step compares. */
export function relevantPart(answer: Json, { reduce = [], pick = {} }: Step): Json {
  const reduced = reduce.reduce(applied, answer);
  return Object.entries(pick).reduce((value, [pointer, keys]) => picked(value, pointer, keys), reduced);
}

function applied(root: Json, { op, at, as = '', key = '', equals, n = 0 }: Reduction): Json {
  const value = valueAt(root, at);
  const list = isList(value) ? value : [];
  switch (op) {
    case 'count':
      return withValueAt(root, `/${as}`, list.length);
    case 'has':
      return withValueAt(root, `/${as}`, value !== undefined);
    case 'keys':
      return withValueAt(root, `/${as}`, isObject(value) ? Object.keys(value).sort() : []);
    case 'drop':
      return withValueAt(root, at, undefined);
    case 'names':
      return withValueAt(
        root,
        at,
        list.map((entry) => (isObject(entry) ? (entry[key] ?? null) : null)),
      );
    case 'take':
      return withValueAt(root, at, list.slice(0, n));
    case 'where':
      return withValueAt(
        root,
        at,
        list.filter((entry) => isObject(entry) && entry[key] === equals),
      );
    case 'routes':
      return withValueAt(root, at, routes(value));
  }
}

function routes(paths: Json | undefined): Json {
  if (!isObject(paths)) return null;
  const methods = (path: Json): readonly string[] =>
    isObject(path)
      ? httpMethods
          .filter((method) => method in path)
          .map((method) => method.toUpperCase())
          .sort()
      : [];
  return Object.fromEntries(Object.entries(paths).map(([path, value]) => [path, methods(value)]));
}

function picked(root: Json, pointer: string, keys: readonly string[]): Json {
  const only = (value: Json): Json =>
    isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key))) : value;
  const value = valueAt(root, pointer);
  if (value === undefined) return root;
  return withValueAt(root, pointer, isList(value) ? value.map(only) : only(value));
}
