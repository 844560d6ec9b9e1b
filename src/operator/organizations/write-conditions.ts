import { type QuayOrganizationStatus } from '../../api/index.js';
import { type Inventory } from '../../plan/index.js';
import { type TimelessCondition } from '../status/conditions.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { targetOf } from './converge-organization.js';
import { organizationStatus } from '../status/organization-status.js';

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
    newConditions,
    inventory,
    robots: undefined,
    namespaceLabels: undefined,
    repositories: Array.isArray(live.spec.repositories) ? live.spec.repositories.length : 0,
    drift: [],
    now: new Date(),
  });
  await statuses.write(targetOf(live), status);
}
