import { type QuayOrganizationStatus, type Reason } from '../../api/index.js';
import { type ChangeSet, type OrganizationResult } from '../../converge/index.js';
import { targetOf } from '../organizations/converge-organization.js';
import { organizationStatus, type StatusInput } from '../organizations/organization-status.js';
import { underWay } from '../status/conditions.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';

type Statuses = StatusWriter<QuayOrganizationStatus>;
type Reasons = Partial<Pick<OrganizationResult, 'deletion' | 'failed' | 'failure'>>;

/** Says on an object that is being deleted what it waits for. */
export async function sayWaiting(
  statuses: Statuses,
  live: LiveOrganization,
  result: Reasons,
  host: string,
): Promise<void> {
  const [failed] = result.failed ?? [];
  const failure = failed?.failure ?? result.failure;
  const reason = (failure?.code ?? result.deletion?.reason ?? 'InputUnknown') as Reason;
  const message = failure?.message ?? result.deletion?.message ?? 'what it depends on could not be read';
  await statuses.write(targetOf(live), statusWith(statuses, live, host, { judgements: underWay(reason, message) }));
}

/** Remembers what is ours after repositories were deleted. */
export async function keepInventory(
  statuses: Statuses,
  live: LiveOrganization,
  { organizations }: ChangeSet,
  host: string,
): Promise<void> {
  const inventory = organizations.find(({ document }) => document === live.name)?.inventory;
  const { conditions = [] } = statuses.last(live.uid) ?? live.status;
  if (inventory === undefined || conditions.length === 0) return;
  const judgements = conditions.map(({ type, status, reason, message }) => ({
    type,
    status,
    reason: reason as Reason,
    message,
  }));
  await statuses.write(targetOf(live), statusWith(statuses, live, host, { judgements, inventory }));
}

function statusWith(
  statuses: Statuses,
  live: LiveOrganization,
  host: string,
  part: Pick<StatusInput, 'judgements'> & Partial<Pick<StatusInput, 'inventory'>>,
): QuayOrganizationStatus {
  const before = statuses.last(live.uid) ?? live.status;
  return organizationStatus({
    inventory: undefined,
    ...part,
    before,
    generation: live.generation,
    registry: before.registry ?? host,
    robots: undefined,
    namespaceLabels: undefined,
    repositories: before.repositories ?? 0,
    drift: [],
    now: new Date(),
  });
}
