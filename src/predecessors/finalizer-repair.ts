import { type NamespaceRecord } from '../api/index.js';
import { type Repair, resourceTypes } from '../kube/index.js';

/** That a namespace carries no finalizer of a predecessor, as something that is kept. */
export function finalizerRepair({ name, uid }: Pick<NamespaceRecord, 'name' | 'uid'>): Repair {
  const type = resourceTypes.namespace;
  return {
    owner: `Namespace/${name}`,
    kind: type.kind,
    what: `the removal of a predecessor's finalizer from Namespace ${name}`,
    content: uid ?? '',
    target: { type, named: { name } },
    regarding: { apiVersion: type.apiVersion, kind: type.kind, name, ...(uid !== undefined && { uid }) },
  };
}
