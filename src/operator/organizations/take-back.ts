import { type QuayOrganizationStatus } from '../../api/index.js';
import { type Queue } from '../../kube/index.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type Watches } from '../watches/watches.js';

interface Parts {
  readonly statuses: Pick<StatusWriter<QuayOrganizationStatus>, 'last'>;
  readonly watches: Pick<Watches, 'organizations'>;
  readonly queue: Pick<Queue, 'add'>;
}

/**
 * Quay shows a dead token the public side of an organization, as it shows it to one whose owner is no administrator. Once a
 * token is known to be dead, what was said of its owner elsewhere may never have been true: that is looked at again.
 */
export function takeBackVerdicts({ statuses, watches, queue }: Parts, rejected: LiveOrganization): void {
  const reasonOf = ({ uid, status }: LiveOrganization): string | undefined =>
    (statuses.last(uid) ?? status).conditions?.find(({ type }) => type === 'Ready')?.reason;
  if (reasonOf(rejected) !== 'TokenRejected') return;
  for (const live of watches.organizations.list()) {
    if (live.integration !== rejected.integration || live.deleting) continue;
    if (reasonOf(live) === 'NotOrganizationAdmin') queue.add(live.name, 'refresh');
  }
}
