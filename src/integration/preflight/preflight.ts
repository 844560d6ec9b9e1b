import { type ClusterSnapshot, type Listing, type NamespaceRecord, type QuayIntegration } from '../../api/index.js';
import { clusterId, organizationName } from '../../names/index.js';
import { type Check, failed, skipped } from './check.js';
import { checkCluster, checkNames } from './cluster-checks.js';
import { checkHostname, checkQuay, type QuayProbe } from './quay-checks.js';

/** What `preflight` looks at. */
export interface PreflightInput {
  readonly integration: QuayIntegration;
  /** The connection, or the error that kept it from being made: a missing token, a wrong address. */
  readonly quay: QuayProbe | Error;
  readonly snapshot: ClusterSnapshot;
  readonly pullSecrets: Listing<unknown>;
  /** Which namespaces the integration selects. */
  readonly selects: (namespace: NamespaceRecord) => boolean;
}

/** Looks at everything that has to be right before anything is written, and writes nothing. */
export async function preflight(input: PreflightInput): Promise<readonly Check[]> {
  const { integration, quay, snapshot, pullSecrets, selects } = input;
  const cluster = [...checkCluster(snapshot, pullSecrets), checkNames(integration, snapshot.namespaces, selects)];
  const hostname = checkHostname(integration);
  if (quay instanceof Error) {
    // A wrong hostname was reported already.
    const credentials = hostname.some(({ outcome }) => outcome === 'failed')
      ? skipped('credentials', 'no valid hostname')
      : failed('credentials', quay);
    return [...hostname, credentials, ...cluster];
  }
  return [...hostname, ...(await checkQuay(quay, organizations(input))), ...cluster];
}

function organizations({ integration, snapshot, selects }: PreflightInput): readonly string[] {
  if (!snapshot.namespaces.known) return [];
  try {
    const id = clusterId(integration.spec.clusterID);
    return snapshot.namespaces.items.filter(selects).map(({ name }) => organizationName(id, name));
  } catch {
    // Reported by the check of the names.
    return [];
  }
}
