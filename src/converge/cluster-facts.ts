import {
  isWhole,
  type Listing,
  managedByLabel,
  managedByValue,
  type NamespaceRecord,
  type QuayIntegration,
} from '../api/index.js';
import { type Tokens, tokensOf } from './facts-of-one.js';
import { type ClusterFacts } from './input.js';
import { labelSelection, listSelection } from '../desired/index.js';
import { currentRobots, predecessorEvidence } from '../predecessors/index.js';
import { type Cluster, type NamespaceState, type PullSecretRecord } from '../kube/index.js';
import { type PredecessorEvidence } from '../ownership/index.js';
import { type NamespaceFact } from '../plan/index.js';
import { nothingMore, type Quay } from '../quay/index.js';

/** A namespace as it was last seen; `Gone` when a whole list does not hold it. */
export type SeenNamespace = NamespaceRecord | 'Gone' | 'Unknown';

interface FactsInput {
  readonly cluster: Pick<Cluster, 'namespace' | 'imageStream' | 'pullSecrets'>;
  readonly integration: QuayIntegration;
  readonly seen: (namespace: string) => SeenNamespace;
  readonly quay: Pick<Quay, 'observe'>;
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

/** Looks namespaces up in a list. */
export function lookup(namespaces: Listing<NamespaceRecord>): (namespace: string) => SeenNamespace {
  const byName = new Map(namespaces.known ? namespaces.items.map((namespace) => [namespace.name, namespace]) : []);
  return (name) => byName.get(name) ?? (isWhole(namespaces) ? 'Gone' : 'Unknown');
}

/** What converge asks the cluster, answered by a cluster that is read. */
export function clusterFacts({ cluster, integration, seen, quay, lastLabels }: FactsInput): ClusterFacts {
  const byLists = listSelection(integration.spec);
  const byLabels = labelSelection(integration.spec.namespaceSelector);
  return {
    namespace: async (name) => asFact[await cluster.namespace(name)],
    namespaceLastSeen: (name) => liveness(seen(name)),
    imageStream: async (namespace, name) => streamFact[await cluster.imageStream(namespace, name)],
    selectedByLists: (name) => (byLists(name).selected ? 'Yes' : 'No'),
    selectedByLabels: (name) => {
      if (integration.spec.namespaceSelector === undefined) return 'Yes';
      const namespace = seen(name);
      const labels = typeof namespace === 'string' ? lastLabels(name) : namespace.labels;
      if (labels === undefined) return 'Unknown';
      return byLabels(labels).selected ? 'Yes' : 'No';
    },
    integration: () => 'Yes',
    namespaceRecord: (name) => {
      const namespace = seen(name);
      return typeof namespace === 'string' ? undefined : namespace;
    },
    predecessor: async (organization, name) => {
      const namespace = seen(name);
      return typeof namespace === 'string' ? undefined : evidence({ cluster, quay }, organization, namespace);
    },
    robotsWithSecret: async (organization, namespace) => {
      const { pullSecrets, tokens } = await tokensIn({ cluster, quay }, organization, namespace, true);
      return currentRobots(pullSecrets, organization, tokens);
    },
  };
}

function liveness(namespace: SeenNamespace): NamespaceFact {
  if (typeof namespace === 'string') return namespace;
  return namespace.terminating ? 'Terminating' : 'Live';
}

async function evidence(
  sources: Pick<FactsInput, 'cluster' | 'quay'>,
  organization: string,
  namespace: NamespaceRecord,
): Promise<PredecessorEvidence> {
  const read = await tokensIn(sources, organization, namespace.name, false);
  return predecessorEvidence({ namespace, organization, ...read });
}

/** Asks Quay for tokens only when a Secret, ours or of others, claims to hold one: that is when they decide something. */
async function tokensIn(
  { cluster, quay }: Pick<FactsInput, 'cluster' | 'quay'>,
  organization: string,
  namespace: string,
  ours: boolean,
): Promise<{ readonly pullSecrets: readonly PullSecretRecord[]; readonly tokens: Tokens }> {
  const listed = await cluster.pullSecrets(namespace);
  const pullSecrets = (listed.known ? listed.items : []).filter(
    (secret) =>
      secret.namespace === namespace &&
      (secret.labels[managedByLabel] === managedByValue) === ours &&
      secret.entries.some(({ username }) => username.startsWith(`${organization}+`)),
  );
  const observation =
    pullSecrets.length === 0 ? undefined : await quay.observe(organization, nothingMore, { tokens: true });
  return { pullSecrets, tokens: tokensOf(observation) };
}
