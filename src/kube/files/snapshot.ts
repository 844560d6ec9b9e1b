import {
  type ClusterSnapshot,
  type ImageStreamRecord,
  type Listing,
  type NamespaceRecord,
  type ServiceAccountRecord,
} from '../../api/index.js';
import { InvalidInput } from '../../errors/index.js';
import { type Collection } from './collection.js';

/** What the files say of the cluster. A kind that does not occur in them at all is unknown, not empty. */
export function snapshotOf(
  collection: Collection,
  { uid, isPartial = false }: { readonly uid?: string; readonly isPartial?: boolean } = {},
): ClusterSnapshot {
  const found = collection.namespaces.get('kube-system')?.uid;
  if (uid !== undefined && found !== undefined && uid !== found) {
    const message = `the files are of the cluster ${found}, not of ${uid}`;
    throw new InvalidInput([{ path: '', message, hint: 'Leave the UID out, or give the files of the other cluster.' }]);
  }
  const identity = found ?? uid;
  const hasBuildApis = buildApis(collection);
  return {
    ...(identity !== undefined && { uid: identity }),
    namespaces: isPartial ? incomplete(namespaces(collection)) : namespaces(collection),
    imageStreams: imageStreams(collection, hasBuildApis),
    serviceAccounts: serviceAccounts(collection),
    hasBuildApis,
  };
}

function serviceAccounts({ serviceAccounts: items, lists }: Collection): Listing<ServiceAccountRecord> {
  if (items.size > 0 || lists.has('ServiceAccount')) return { known: true, items: [...items.values()] };
  return { known: false, reason: 'there is no ServiceAccount in the files: dump with oc get ns,sa,is -A -o yaml' };
}

function incomplete(listing: Listing<NamespaceRecord>): Listing<NamespaceRecord> {
  if (!listing.known) return listing;
  return { ...listing, incomplete: 'must-gather and inspect hold those that were asked for' };
}

function namespaces({ namespaces: items, lists, seen }: Collection): Listing<NamespaceRecord> {
  if (items.size > 0 || lists.has('Namespace')) return { known: true, items: [...items.values()] };
  const projects = seen.has('Project') ? ' (Projects are only those that one user may see)' : '';
  return {
    known: false,
    reason: `there is no Namespace in the files${projects}: dump with oc get ns,sa,is -A -o yaml`,
  };
}

function imageStreams(
  { imageStreams: items, lists }: Collection,
  hasBuildApis: boolean | undefined,
): Listing<ImageStreamRecord> {
  if (items.size > 0 || lists.has('ImageStream')) return { known: true, items: [...items.values()] };
  if (hasBuildApis === false) return { known: true, items: [] };
  const why = hasBuildApis === true ? ', though it is an OpenShift' : '';
  return { known: false, reason: `there is no ImageStream in the files${why}: dump with oc get ns,sa,is -A -o yaml` };
}

/** OpenShift leaves its annotations on every namespace of its own; a cluster without any of them is another Kubernetes. */
function buildApis({ namespaces: items, imageStreams: streams, lists }: Collection): boolean | undefined {
  if (streams.size > 0 || lists.has('ImageStream')) return true;
  if (items.size === 0) return undefined;
  return [...items.values()].some(({ annotations }) =>
    Object.keys(annotations).some((key) => /^(?:[a-z0-9-]+\.)*openshift\.io\//.test(key)),
  );
}
