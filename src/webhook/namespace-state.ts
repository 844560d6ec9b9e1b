import { type NamespaceRecord } from '../api/index.js';
import { type Fields, recordOf, textOf } from '../kube/fields.js';
import { namespaceRecord } from '../kube/index.js';

/** What the webhook keeps of a namespace. */
export interface NamespaceState extends NamespaceRecord {
  /** Milliseconds since 1970. */
  readonly created: number | undefined;
}

/** Reads a namespace's metadata; selection asks for nothing but name and labels. */
export function namespaceState(object: Fields): NamespaceState {
  const created = Date.parse(textOf(recordOf(object.metadata).creationTimestamp) ?? '');
  return {
    ...namespaceRecord(object),
    annotations: {},
    finalizers: [],
    created: Number.isNaN(created) ? undefined : created,
  };
}
