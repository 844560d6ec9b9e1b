import type { QuayOrganizationSpec } from '../api/index.js';
import { inSafeOrder } from './order.js';
import type { OrganizationPlan } from './organization-plan.js';
import { planned } from './planned.js';
import { managedItems } from './managed-items.js';

/** The plan of an organization that goes; only the deletion guard may have it applied. */
export function planOrganizationDeletion(
  { name, namespace }: Pick<QuayOrganizationSpec, 'name' | 'namespace'>,
  notes: readonly string[] = [],
): OrganizationPlan {
  return {
    organization: name,
    ...(namespace === undefined ? {} : { namespace }),
    origin: 'created',
    changes: [planned({ type: 'DeleteOrganization' })],
    skipped: [],
    notes,
    ours: [],
    candidates: [],
  };
}

/** The plan with the deletion of these repositories; only the deletion guard may choose them. */
export function withRepositoryDeletions(plan: OrganizationPlan, repositories: readonly string[]): OrganizationPlan {
  const deletions = repositories.map((repository) =>
    planned({ type: 'DeleteRepository', repository }, managedItems.imageStream(repository)),
  );
  return deletions.length === 0 ? plan : { ...plan, changes: inSafeOrder([...plan.changes, ...deletions]) };
}
