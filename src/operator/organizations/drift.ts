import { type QuayOrganizationStatus } from '../../api/index.js';
import { type OrganizationResult } from '../../converge/index.js';
import { type Inventory, type PlannedChange } from '../../plan/index.js';

/** The object and the registry that a status has to speak of. */
interface Place {
  readonly generation: number;
  readonly registry: string;
}

/**
 * Whether all that is stated was in this registry when it was looked at last: what is missing now, somebody has taken away.
 * What is fought over is said only of one that is in step but for that.
 */
export function wasInStep(
  { observedGeneration, registry, conditions = [] }: QuayOrganizationStatus,
  place: Place,
): boolean {
  const isReady = conditions.some(
    ({ type, status, reason }) =>
      type === 'Ready' && ((status === 'True' && reason === 'InStep') || reason === 'Contended'),
  );
  return isReady && observedGeneration === place.generation && registry === place.registry;
}

/** What was put right that was in step before, in words; what Quay or somebody in the cluster brought about is no drift. */
export function driftIn({ done, inventory }: OrganizationResult, before: Inventory | undefined): readonly string[] {
  const hasOtherSecret = ({ thing }: PlannedChange): boolean =>
    thing !== undefined && inventory?.secretHashes?.[thing] !== before?.secretHashes?.[thing];
  return done.filter((one) => !ownTypes.has(one.change.type) && !hasOtherSecret(one)).map(({ words }) => words);
}

/** The mark says what only we know, and Quay itself mutes a notification. */
const ownTypes: ReadonlySet<PlannedChange['change']['type']> = new Set(['Mark', 'ResetNotification']);
