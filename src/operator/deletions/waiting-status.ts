import { type QuayOrganizationStatus } from '../../api/index.js';
import { type ChangeSet, type OrganizationResult } from '../../converge/index.js';
import { writeConditions } from '../organizations/write-organization-status.js';
import { reconcilingConditions } from '../status/conditions.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';

type Statuses = StatusWriter<QuayOrganizationStatus>;
type Reasons = Partial<Pick<OrganizationResult, 'deletion' | 'failed' | 'failure'>>;

/** Writes into the status of an object that is being deleted what it waits for. */
export async function writeWaitingStatus(
  statuses: Statuses,
  live: LiveOrganization,
  result: Reasons,
  registry: string,
): Promise<void> {
  const failure = result.failed?.[0]?.failure ?? result.failure;
  const reason = failure?.code ?? result.deletion?.reason ?? 'InputUnknown';
  const message = failure?.message ?? result.deletion?.message ?? 'reading its dependencies failed';
  await writeConditions(statuses, live, { registry, newConditions: reconcilingConditions(reason, message) });
}

/** Writes the inventory after repositories were deleted. */
export async function keepInventory(
  statuses: Statuses,
  live: LiveOrganization,
  { organizations }: ChangeSet,
  registry: string,
): Promise<void> {
  const inventory = organizations.find(({ document }) => document === live.name)?.inventory;
  const { conditions: newConditions = [] } = statuses.last(live.uid) ?? live.status;
  if (inventory === undefined || newConditions.length === 0) return;
  await writeConditions(statuses, live, { registry, newConditions, inventory });
}
