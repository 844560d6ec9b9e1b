import { managedByLabel, managedByValue, type NamespaceRecord, type QuayIntegration } from '../api/index.js';
import { type ClusterFacts } from '../converge/index.js';
import { labelSelection, listSelection } from '../desired/index.js';
import { predecessorEvidence } from '../integration/index.js';
import { type Cluster, type NamespaceState, type PullSecretRecord } from '../kube/index.js';
import { type NamespaceFact } from '../plan/index.js';
import { nothingMore, type Quay } from '../quay/index.js';
import { type KnownCluster } from './road.js';

interface FactsInput {
  readonly cluster: Cluster;
  readonly integration: QuayIntegration;
  readonly known: KnownCluster;
  readonly quay: Quay;
  /** Labels of a namespace when it was last seen. */
  readonly lastLabels: (namespace: string) => Readonly<Record<string, string>> | undefined;
}

const streamFact = { Present: 'Yes', Gone: 'No', Unknown: 'Unknown' } as const;
const asFact: Readonly<Record<NamespaceState, NamespaceFact>> = {
  Active: 'Live',
  Terminating: 'Terminating',
  Gone: 'Gone',
  Unknown: 'Unknown',
};

/** What converge asks the cluster, answered by a cluster that is read. */
export function clusterFacts({ cluster, integration, known, quay, lastLabels }: FactsInput): ClusterFacts {
  const { namespaces } = known.snapshot;
  const seen = new Map(namespaces.known ? namespaces.items.map((namespace) => [namespace.name, namespace]) : []);
  const byLists = listSelection(integration.spec);
  const byLabels = labelSelection(integration.spec.namespaceSelector);
  return {
    namespace: async (name) => asFact[await cluster.namespace(name)],
    namespaceLastSeen: (name) => (namespaces.known ? liveness(seen.get(name)) : 'Unknown'),
    imageStream: async (namespace, name) => streamFact[await cluster.imageStream(namespace, name)],
    selectedByLists: (name) => (byLists(name).selected ? 'Yes' : 'No'),
    selectedByLabels: (name) => {
      if (integration.spec.namespaceSelector === undefined) return 'Yes';
      const labels = seen.get(name)?.labels ?? lastLabels(name);
      if (labels === undefined) return 'Unknown';
      return byLabels(labels).selected ? 'Yes' : 'No';
    },
    integration: () => 'Yes',
    predecessor: async (organization, name) => {
      const namespace = seen.get(name);
      return namespace === undefined ? undefined : evidence({ cluster, quay }, organization, namespace);
    },
  };
}

function liveness(namespace: NamespaceRecord | undefined): NamespaceFact {
  if (namespace === undefined) return 'Gone';
  return namespace.terminating ? 'Terminating' : 'Live';
}

/** Asks Quay for tokens only when a Secret claims to hold one: that is when they decide something. */
async function evidence(
  { cluster, quay }: Pick<FactsInput, 'cluster' | 'quay'>,
  organization: string,
  namespace: NamespaceRecord,
): Promise<string | undefined> {
  const listed = await cluster.pullSecrets();
  const pullSecrets = (listed.known ? listed.items : []).filter((secret) =>
    isCandidate(secret, organization, namespace.name),
  );
  const observation =
    pullSecrets.length === 0 ? undefined : await quay.observe(organization, nothingMore, { tokens: true });
  const tokens = (observation?.state === 'Observed' ? observation.tokens : undefined) ?? new Map<string, never>();
  return predecessorEvidence({ namespace, pullSecrets, organization, tokens });
}

function isCandidate({ namespace, labels, entries }: PullSecretRecord, organization: string, wanted: string): boolean {
  return (
    namespace === wanted &&
    labels[managedByLabel] !== managedByValue &&
    entries.some(({ username }) => username.startsWith(`${organization}+`))
  );
}
