import { inventoryIn } from '../../converge/cache/observation-cache.js';
import { checkInventory } from '../../converge/index.js';
import { type OwnershipKeys } from '../../ownership/index.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/** An object among those that declare the same organization. */
export interface Claimant {
  readonly live: LiveOrganization;
  /** Whether its status proves that it had the organization before. */
  readonly isProven: boolean;
}

/** Checks the signature in the status of an object; a copied one names another organization, or no object at all. */
export function claimantOf(keys: OwnershipKeys, registry: string, live: LiveOrganization): Claimant {
  const { statement } = checkInventory(keys, live.organization, inventoryIn(live.status, registry));
  return { live, isProven: statement !== undefined && statement.namespace === (live.namespace ?? '') };
}

/**
 * The one that goes on: who had the organization, then the older one, then the first by name. A newcomer stops nobody. Pure.
 */
export function incumbentOf(claimants: readonly [Claimant, ...Claimant[]]): LiveOrganization {
  const [first] = claimants.toSorted(byClaim);
  return (first ?? claimants[0]).live;
}

function byClaim(one: Claimant, other: Claimant): number {
  if (one.isProven !== other.isProven) return one.isProven ? -1 : 1;
  if (one.live.created !== other.live.created) return one.live.created < other.live.created ? -1 : 1;
  return one.live.name < other.live.name ? -1 : 1;
}
