import { fieldManager, organizationFinalizer } from '../../api/index.js';
import { type OrganizationResult } from '../../converge/index.js';
import { patchGuarded, regarding, removeFinalizers, resourceTypes } from '../../kube/index.js';
import { type Operator } from '../operator.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { endingOf } from './decide.js';
import { type DeletionParts } from './parts.js';
import { writeWaitingStatus } from './waiting-status.js';

/** Removes the finalizer of an object whose organization was deleted or is kept, and records which of the two. */
export async function finish(
  { client, recordEvent, log }: Pick<Operator, 'client' | 'recordEvent' | 'log'>,
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

/** Removes the finalizer of an object that need not wait any more, and writes into the status of any other what it waits for. */
export async function finishOrReport(
  operator: Pick<Operator, 'client' | 'recordEvent' | 'log'>,
  { memory, statuses }: Pick<DeletionParts, 'memory' | 'statuses'>,
  result: OrganizationResult,
  { live, registry }: { readonly live: LiveOrganization; readonly registry: string },
): Promise<boolean> {
  const ending = endingOf(result);
  if (ending.kind === 'Wait') {
    await writeWaitingStatus(statuses, live, result, registry);
    return false;
  }
  if (ending.isGone) memory.forget(registry, live.organization);
  else memory.of(registry, live.organization).resyncDue = true;
  await finish(operator, live, ending);
  return true;
}
