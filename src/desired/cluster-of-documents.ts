import { type ClusterSnapshot, type ImageStreamRecord, type QuayOrganization } from '../api/index.js';

/**
 * The cluster as the documents show it that were rendered from it: for who has them and not the cluster. `others` are names of
 * further namespaces. Labels are not in documents, so nothing can be selected by them.
 */
export function clusterOfDocuments(
  uid: string,
  documents: readonly QuayOrganization[],
  others: readonly string[],
): ClusterSnapshot & { readonly uid: string } {
  const named = documents.flatMap(({ spec }) => spec.namespace ?? []);
  const namespaces = [...new Set([...named, ...others])].sort();
  return {
    uid,
    namespaces: {
      known: true,
      items: namespaces.map((name) => ({ name, labels: {}, annotations: {}, finalizers: [], terminating: false })),
    },
    imageStreams: { known: true, items: documents.flatMap(streamsOf) },
    hasBuildApis: documents.length === 0 || documents.some(hasBuilder),
  };
}

function streamsOf({ spec: { namespace, repositories } }: QuayOrganization): readonly ImageStreamRecord[] {
  if (namespace === undefined) return [];
  return repositories.flatMap(({ name, source }) =>
    source === 'ImageStream' ? [{ namespace, name, labels: {} }] : [],
  );
}

/** Without builds there is no service account of that name, unless somebody states one. */
function hasBuilder({ spec }: QuayOrganization): boolean {
  return spec.robots.some(({ pullSecret }) => pullSecret?.serviceAccount === 'builder');
}
