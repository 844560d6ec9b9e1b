import { type ClusterId } from './cluster-id.js';
import { isQuayName } from './quay-name.js';
import { shortHash } from './short-hash.js';
import { slug } from './slug.js';

/** Leaves room for `+` and the longest robot name within Quay's 255. */
const longest = 154;

/**
 * Namespace → organization: `<clusterID>_<namespace>` wherever Quay takes that, as the predecessors named it. Else a readable
 * rest and a hash behind a dot, which no namespace contains: so the two forms cannot meet, and no two namespaces share an
 * organization.
 */
export function organizationName(id: ClusterId, namespace: string): string {
  const plain = `${id}_${namespace}`;
  if (isQuayName(plain, longest) && !/[._]/.test(namespace)) return plain;
  return `${slug(id, 63)}_${slug(namespace, 63)}.${shortHash(id, namespace)}`;
}
