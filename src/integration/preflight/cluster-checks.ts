import { type ClusterSnapshot, type Listing, type NamespaceRecord, type QuayIntegration } from '../../api/index.js';
import { clusterId, organizationName } from '../../names/index.js';
import { type Check, failed, ok, skipped, warning } from './check.js';

const shown = 10;
const grow = 'As long as this is unknown, documents only grow.';

/** What the cluster lets us read, and what that says. */
export function checkCluster(snapshot: ClusterSnapshot, pullSecrets: Listing<unknown>): readonly Check[] {
  return [
    snapshot.uid === undefined
      ? warning('cluster', 'the namespace kube-system was not seen, so the cluster cannot be identified')
      : ok('cluster', `UID ${snapshot.uid}`),
    readable('namespaces', snapshot.namespaces, grow),
    snapshot.hasBuildApis === false
      ? ok('image streams', 'this cluster has no Build and ImageStream APIs; everything else works')
      : readable('image streams', snapshot.imageStreams, grow),
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

function readable(name: string, listing: Listing<unknown>, hint: string): Check {
  if (listing.known) return ok(name, String(listing.items.length));
  return warning(name, `unknown: ${listing.reason}`, hint);
}
