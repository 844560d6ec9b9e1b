import { type Fields, objectOrEmpty, textOf } from '../../json/index.js';

/** What an object is called in a cache: `namespace/name`, or the name alone of one that is in no namespace. */
export function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
}

/** The two parts of a key. */
export function namespacedNameOf(key: string): { readonly namespace: string; readonly name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, Math.max(slash, 0)), name: key.slice(slash + 1) };
}

/** The key of an object. */
export function keyOfObject(object: Fields): string {
  const { namespace, name } = objectOrEmpty(object.metadata);
  return keyOf(textOf(namespace), textOf(name) ?? '');
}
