import type { Origin } from '../api/index.js';
import type { Inventory } from './inventory.js';

/** Says of a thing whether we made it. */
export interface Claim {
  /** The inventory has it: once it is no longer stated, it goes. */
  readonly recorded: (thing: string) => boolean;
  /** It is stated and exists: does it count as ours? */
  readonly ours: (thing: string) => boolean;
  readonly things: readonly string[];
}

/**
 * Before the first inventory is written, what is stated and exists counts as ours in an organization that we or a
 * predecessor made (an apply was cut, or the predecessor made it), and as found in one that was adopted.
 */
export function claimOf(inventory: Inventory | undefined, origin: Origin): Claim {
  const things = new Set(inventory?.things ?? []);
  const inherits = inventory === undefined && origin !== 'adopted';
  return {
    recorded: (thing) => things.has(thing),
    ours: (thing) => inherits || things.has(thing),
    things: [...things],
  };
}
