import { fieldManager, organizationFinalizer } from '../../api/index.js';
import { type OrganizationResult } from '../../converge/index.js';
import { patchGuarded, regarding, removeFinalizers, resourceTypes } from '../../kube/index.js';
import { type Operator } from '../operator.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/** Removes the finalizer of an object whose organization was deleted or is kept, and records which of the two. */
export async function finish(
  { client, recordEvent, log }: Operator,
  live: LiveOrganization,
  { outcome, message }: { readonly outcome: 'Deleted' | 'Released'; readonly message: string },
): Promise<void> {
  recordEvent({
    regarding: regarding(live),
    type: 'Normal',
    reason: outcome,
    action: 'Delete',
    note:
      outcome === 'Deleted'
        ? `deleted organization ${live.organization} in Quay: ${message}`
        : `kept organization ${live.organization} and its pull secrets: ${message}`,
  });
  log.info({ organization: live.organization, outcome, why: message }, 'removing the finalizer of a QuayOrganization');
  await patchGuarded(client, {
    type: resourceTypes.quayOrganization,
    named: { name: live.name },
    manager: fieldManager,
    steps: (object) => removeFinalizers(object, [organizationFinalizer]),
  });
}

/** Whether the organization is gone from Quay after this run. */
export function isDeleted({ deletion, done, failed }: OrganizationResult): boolean {
  return deletion?.outcome === 'Delete' && failed.length === 0 && done.length > 0;
}
