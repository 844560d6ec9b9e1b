import { type QuayOrganizationStatus } from '../../api/index.js';
import { type OrganizationResult } from '../../converge/index.js';
import { type Inventory, type PlannedChange } from '../../plan/index.js';

/** The generation and the registry that a status must be for. */
interface StatusSubject {
  readonly generation: number;
  readonly registry: string;
}

/**
 * Whether all that is declared was in this registry when it was looked at last: what is missing now, somebody has taken away.
 * What is fought over is said only of one that is in sync but for that.
 */
export function wasSynced(
  { observedGeneration, registry, conditions = [] }: QuayOrganizationStatus,
  subject: StatusSubject,
): boolean {
  const isReady = conditions.some(
    ({ type, status, reason }) =>
      type === 'Ready' && ((status === 'True' && reason === 'Synced') || reason === 'Contended'),
  );
  return isReady && observedGeneration === subject.generation && registry === subject.registry;
}

/** The drift that was corrected, in words; changes caused by Quay itself or by the cluster are not drift. */
export function driftIn({ done, inventory }: OrganizationResult, before: Inventory | undefined): readonly string[] {
  const hasOtherSecret = ({ managedItem }: PlannedChange): boolean =>
    managedItem !== undefined && inventory?.secretHashes?.[managedItem] !== before?.secretHashes?.[managedItem];
  return done.filter((one) => !ownTypes.has(one.change.type) && !hasOtherSecret(one)).map(({ words }) => words);
}

/** Only Quayside writes the ownership marker, and Quay itself mutes a notification. */
const ownTypes: ReadonlySet<PlannedChange['change']['type']> = new Set(['WriteMarker', 'ResetNotification']);
