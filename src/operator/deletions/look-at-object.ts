import { type Again } from '../../kube/index.js';
import { organizationLock } from '../locks.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { decideObject, soon, type UsableOwner } from './decide.js';
import { finish, finishOrReport } from './finish.js';
import { guardDeletions } from './guard-deletions.js';
import { type DeletionOperator, type DeletionTurn } from './parts.js';
import { writeWaitingStatus } from './waiting-status.js';

/** An object that goes without anything being deleted need not wait for others. */
export async function lookAtObject(
  operator: DeletionOperator,
  parts: DeletionTurn,
  name: string,
): Promise<Again | undefined> {
  const { integrations, statuses } = parts;
  const live = operator.watches.organizations.get(name);
  if (live === undefined) return undefined;
  const { integration } = live;
  const decision = decideObject(live, {
    exists: integrations.exists(integration),
    known: integrations.get(integration),
  });
  switch (decision.kind) {
    case 'Ignore':
      return undefined;
    case 'Release':
      await finish(operator, live, { outcome: 'Released', message: decision.message });
      return undefined;
    case 'Wait':
      if (decision.status !== undefined) {
        await writeWaitingStatus(statuses, live, decision.status, decision.status.registry);
      }
      return decision.again;
    case 'Guard':
      return operator.locks.hold([organizationLock(decision.known.host, live.organization)], () =>
        releaseOrInclude(operator, parts, live, decision),
      );
  }
}

/** Releases an object where nothing is deleted for it; any other waits for the limit. */
async function releaseOrInclude(
  operator: DeletionOperator,
  parts: DeletionTurn,
  live: LiveOrganization,
  owner: UsableOwner,
): Promise<Again | undefined> {
  const { known } = owner;
  // While it waited its turn, the integration may have become another one.
  if (parts.integrations.get(live.integration) !== known) return soon;
  const { organizations } = await guardDeletions(operator, parts, owner, {
    gone: [live],
    declared: [],
    isFinal: false,
  });
  const [result] = organizations;
  if (result === undefined) return soon;
  if (result.deletion?.outcome !== 'Release') parts.include(live.integration, live.name, 'objects');
  await finishOrReport(operator, parts, result, { live, registry: known.host });
  return undefined;
}
