import { type QuayOrganization } from '../../api/index.js';
import { clusterFacts, findSignedMark } from '../../converge/index.js';
import { previousCluster } from '../../converge/index.js';
import { type ConvergeInput } from '../../converge/index.js';
import { integrationSecrets, resolveSecrets } from '../../integration/index.js';
import { type Inventory } from '../../plan/index.js';
import { type Quay } from '../../quay/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';

interface Choices {
  readonly documents: readonly QuayOrganization[];
  readonly quay: Quay;
  readonly inventory: (organization: string) => Inventory | undefined;
  /** Labels of a namespace as an object's status has them. */
  readonly lastLabels: (namespace: string) => Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
}

type Common = Omit<ConvergeInput, 'options' | 'deletions'>;

/** What a run against Quay takes from the operator. */
export type ConvergeOperator = Pick<Operator, 'cluster' | 'live' | 'settings' | 'watches' | 'ownership'>;

/** What every run of the operator against Quay is made of. */
export async function convergeInput(
  operator: ConvergeOperator,
  integrations: Integrations,
  { integration, id }: KnownIntegration,
  { documents, quay, inventory, lastLabels, signal }: Choices,
): Promise<Common> {
  const { cluster, live, settings, watches } = operator;
  const { namespace } = settings;
  const { name } = integration.metadata;
  const facts = clusterFacts({ cluster: live, integration, seen: cluster.seen, quay, lastLabels });
  const objects = [...watches.integrations.list(), ...watches.predecessorIntegrations.list()];
  const named = integrationSecrets(objects, namespace);
  const secrets = await resolveSecrets({ store: live, namespace, integrations: named }, documents);
  return {
    documents,
    quay,
    identity: { clusterUID: cluster.uid(), clusterID: id },
    ...previousCluster(integration),
    integration,
    inventory,
    ownership: await operator.ownership.keys({
      mayCreate: !integration.spec.suspend,
      findSigned: () => findSignedMark(quay, organizationsOf(operator, name), cluster.uid()),
    }),
    facts: { ...facts, integration: () => integrations.exists(name) },
    secrets: secrets.value,
    signal,
  };
}

/** The organizations of an integration, by their names in Quay. */
function organizationsOf({ watches }: Pick<Operator, 'watches'>, integration: string): readonly string[] {
  return watches.organizations
    .list()
    .filter((live) => live.integration === integration)
    .map(({ organization }) => organization);
}
