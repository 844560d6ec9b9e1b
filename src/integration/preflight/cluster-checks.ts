import { type ClusterSnapshot, type Listing, type NamespaceRecord, type QuayIntegration } from '../../api/index.js';
import { clusterId, organizationName } from '../../names/index.js';
import { type Check, failed, ok, skipped, warning } from './check.js';

const shown = 10;
const grow = 'As long as this is unknown, documents only grow.';

/** What the cluster lets us read, and what that says. */
export function checkCluster(snapshot: ClusterSnapshot, pullSecrets: Listing<unknown>): readonly Check[] {
  return [
    identity(snapshot),
    needed('namespaces', snapshot.namespaces),
    snapshot.hasBuildApis === false
      ? ok('image streams', 'this cluster has no Build and ImageStream APIs; everything else works')
      : needed('image streams', snapshot.imageStreams),
    readable(
      'pull secrets',
      pullSecrets,
      'Only matters for organizations of a predecessor: its pull secrets show whose they are.',
    ),
  ];
}

/** Namespaces whose organization cannot have the plain name, since Quay does not take it. */
export function checkNames(
  { spec }: QuayIntegration,
  namespaces: Listing<NamespaceRecord>,
  selects: (namespace: NamespaceRecord) => boolean,
): Check {
  if (!namespaces.known) return skipped('names', 'the namespaces are unknown');
  try {
    const id = clusterId(spec.clusterID);
    const mapped = namespaces.items
      .filter(selects)
      .map(({ name }) => ({ name, organization: organizationName(id, name) }))
      .filter(({ name, organization }) => organization !== `${id}_${name}`);
    if (mapped.length === 0) return ok('names', 'every organization has its plain name');
    const examples = mapped.slice(0, shown).map(({ name, organization }) => `${name} → ${organization}`);
    const more = mapped.length > shown ? ` and ${mapped.length - shown} more` : '';
    return warning('names', `Quay does not take every name: ${examples.join(', ')}${more}`);
  } catch (error) {
    return failed('names', error);
  }
}

/** Without it nothing is applied. */
function identity({ uid, namespaces }: ClusterSnapshot): Check {
  if (uid !== undefined) return ok('cluster', `UID ${uid}`);
  if (!namespaces.known && namespaces.code !== undefined) return skipped('cluster', 'the namespaces are unknown');
  return {
    name: 'cluster',
    outcome: 'failed',
    message: 'the namespace kube-system was not seen, so the cluster cannot be identified',
    hint: 'Dump all namespaces (oc get ns,sa,is -A -o yaml), or give --cluster-uid.',
  };
}

/** A right that is missing does not come by itself. */
function needed(name: string, listing: Listing<unknown>): Check {
  const check = readable(name, listing, grow);
  const lacksRight = !listing.known && listing.code === 'ClusterAccessForbidden';
  return lacksRight ? { ...check, outcome: 'failed' } : check;
}

function readable(name: string, listing: Listing<unknown>, meaning: string): Check {
  if (listing.known) return ok(name, String(listing.items.length));
  return warning(name, `unknown: ${listing.reason}`, [listing.hint, meaning].filter(Boolean).join(' '));
}
