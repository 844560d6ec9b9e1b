import { type Contents } from './apply-set.js';

/** Where these keys are: their kinds, and their namespaces beside the parent's. */
export function contentsOf(keys: Iterable<string>, parentNamespace: string | undefined): Contents {
  const groupKinds = new Set<string>();
  const namespaces = new Set<string>();
  for (const key of keys) {
    const [groupKind = '', namespace = ''] = key.split('/');
    groupKinds.add(groupKind);
    if (namespace !== '' && namespace !== parentNamespace) namespaces.add(namespace);
  }
  return { groupKinds, namespaces };
}
