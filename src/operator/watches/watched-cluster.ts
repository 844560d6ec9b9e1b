import {
  type ClusterSnapshot,
  type Listing,
  type NamespaceRecord,
  type ServiceAccountRecord,
} from '../../api/index.js';
import { type SeenNamespace } from '../../converge/index.js';
import { RetryableError } from '../../errors/index.js';
import { type Cluster, type Wanted } from '../../kube/index.js';
import { type Watches } from './watches.js';

/** A cluster whose lists are watched; what is asked by name is read afresh. */
export interface WatchedCluster extends Omit<Cluster, 'integrations' | 'snapshot'> {
  readonly snapshot: (wants?: Wanted) => Promise<ClusterSnapshot & { readonly uid: string }>;
  readonly seen: (namespace: string) => SeenNamespace;
  readonly uid: () => string;
}

/** Joins the watches with a connection that answers single questions. */
export function watchedCluster(live: Cluster, watches: Watches): WatchedCluster {
  const uid = (): string => {
    const found = watches.namespaces.cache.get('kube-system')?.uid;
    if (found !== undefined) return found;
    throw new RetryableError(
      'InputUnknown',
      'the namespace kube-system, whose UID names the cluster, was not seen yet',
    );
  };
  return {
    ...live,
    uid,
    snapshot: (wants = {}) =>
      Promise.resolve({
        uid: uid(),
        namespaces: watches.namespaces.cache.listing(),
        imageStreams: watches.imageStreams.listing(),
        ...(wants.serviceAccounts === true && { serviceAccounts: accountsOf(watches) }),
        hasBuildApis: hasBuildApis(watches),
      }),
    seen: (name) => {
      const found: NamespaceRecord | undefined = watches.namespaces.cache.get(name);
      if (found !== undefined) return found;
      return watches.namespaces.cache.listing().known ? 'Gone' : 'Unknown';
    },
  };
}

function accountsOf({ accounts }: Watches): Listing<ServiceAccountRecord> {
  const listing = accounts.cache.listing();
  if (!listing.known) return listing;
  return { known: true, items: listing.items.map(({ namespace, name }) => ({ namespace, name })) };
}

function hasBuildApis({ imageStreams, buildApi }: Watches): boolean | undefined {
  const { state } = buildApi.state();
  const builds = state === 'Unknown' ? undefined : state === 'Present';
  const images = imageStreams.isServed();
  if (images === false || builds === false) return false;
  return images === undefined || builds === undefined ? undefined : true;
}
