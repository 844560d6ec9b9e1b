import { type NamespaceRecord } from '../api/index.js';
import { type Fields } from '../json/index.js';
import { namespaceRecord } from '../kube/index.js';

/** Reads of a namespace what selection asks for: name and labels. */
export function namespaceState(object: Fields): NamespaceRecord {
  return { ...namespaceRecord(object), annotations: {}, finalizers: [] };
}

/** A namespace of which no more than the name is known. */
export function namespaceOfName(name: string): NamespaceRecord {
  return namespaceState({ metadata: { name } });
}
