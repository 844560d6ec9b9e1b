import { type LabelSelector, type QuayOrganization, type QuayOrganizationStatus } from '../../api/index.js';
import { type SeenNamespace } from '../../converge/index.js';
import { resourceTypes } from '../../kube/index.js';
import { type Inventory } from '../../plan/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { limitConditions } from '../status/limit-conditions.js';
import { type TimelessCondition } from '../status/conditions.js';
import { organizationStatus, type StatusInput } from '../status/organization-status.js';
import { type StatusTarget, type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';

export interface ConditionsInput {
  /** `host[:port]` of the registry, for a status that names none yet. */
  readonly registry: string;
  readonly newConditions: readonly TimelessCondition[];
  readonly inventory?: Inventory | undefined;
}

/** Writes the conditions of an object without observing Quay; the rest of its status stays. */
export async function writeConditions(
  statuses: StatusWriter<QuayOrganizationStatus>,
  live: LiveOrganization,
  { registry, newConditions, inventory }: ConditionsInput,
): Promise<void> {
  const before = statuses.last(live.uid) ?? live.status;
  const status = organizationStatus({
    before,
    generation: live.generation,
    registry: before.registry ?? registry,
    newConditions: [...newConditions, ...limitConditions(live.annotations)],
    inventory,
    robots: undefined,
    namespaceLabels: undefined,
    repositories: Array.isArray(live.spec.repositories) ? live.spec.repositories.length : 0,
    drift: [],
    now: new Date(),
  });
  await statuses.write(targetOf(live), status);
}

/** An object that was reconciled. */
interface Reconciled {
  readonly live: LiveOrganization;
  readonly document: QuayOrganization;
  readonly known: KnownIntegration;
}

type StatusPart = Pick<StatusInput, 'newConditions'> & Partial<Pick<StatusInput, 'inventory' | 'robots' | 'drift'>>;

/** Writes what reconciling an object found into its status; what it did not find out stays. */
export async function writeReconciled(
  { cluster }: Pick<Operator, 'cluster'>,
  statuses: StatusWriter<QuayOrganizationStatus>,
  { live, document, known }: Reconciled,
  part: StatusPart,
): Promise<void> {
  const { namespace } = document.spec;
  const seen = namespace === undefined ? 'Unknown' : cluster.seen(namespace);
  const status = organizationStatus({
    before: statuses.last(live.uid) ?? live.status,
    inventory: undefined,
    robots: undefined,
    drift: [],
    ...part,
    newConditions: [...part.newConditions, ...limitConditions(live.annotations)],
    generation: live.generation,
    registry: known.host,
    namespaceUID: typeof seen === 'string' ? undefined : seen.uid,
    namespaceLabels: seenLabels(seen, known.integration.spec.namespaceSelector),
    repositories: document.spec.repositories.length,
    now: new Date(),
  });
  await statuses.write(targetOf(live), status);
}

/** The labels of a namespace that a selector asks for; undefined where it asks for none, or the namespace is not to be seen. */
function seenLabels(
  namespace: SeenNamespace,
  selector: LabelSelector | undefined,
): Readonly<Record<string, string>> | undefined {
  if (selector === undefined || typeof namespace === 'string') return undefined;
  const asked = new Set([
    ...Object.keys(selector.matchLabels ?? {}),
    ...(selector.matchExpressions ?? []).map(({ key }) => key),
  ]);
  return Object.fromEntries(Object.entries(namespace.labels).filter(([label]) => asked.has(label)));
}

function targetOf({ name, uid, status }: LiveOrganization): StatusTarget {
  return { name, uid, status, type: resourceTypes.quayOrganization };
}
