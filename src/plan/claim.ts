import type { Origin } from '../api/index.js';
import { kindOf } from './managed-items.js';

/** Says of a thing whether we made it. */
export interface Claim {
  /** The inventory has it: once it is no longer stated, it goes. */
  readonly recorded: (thing: string) => boolean;
  /** It is stated and exists: does it count as ours? */
  readonly ours: (thing: string) => boolean;
  /** No inventory was written yet. */
  readonly isFirst: boolean;
  /** All of one kind that the inventory has. */
  readonly kind: (kind: string) => readonly string[];
}

/**
 * Before the first inventory is written, what is stated and exists counts as ours in an organization that we or a
 * predecessor made (an apply was cut, or the predecessor made it), and as found in one that was adopted.
 */
export function claimOf(inventory: readonly string[] | undefined, origin: Origin): Claim {
  const things = new Set(inventory);
  const kinds = new Map<string, string[]>();
  for (const thing of things) {
    const same = kinds.get(kindOf(thing));
    if (same === undefined) kinds.set(kindOf(thing), [thing]);
    else same.push(thing);
  }
  const inherits = inventory === undefined && origin !== 'adopted';
  return {
    recorded: (thing) => things.has(thing),
    ours: (thing) => inherits || things.has(thing),
    isFirst: inventory === undefined,
    kind: (kind) => kinds.get(kind) ?? [],
  };
}
