import type { Origin } from '../api/index.js';
import { kindOf } from './managed-items.js';

/** Whether Quayside created an item. */
export interface Claim {
  /** The inventory has it: once it is no longer declared, it goes. */
  readonly recorded: (managedItem: string) => boolean;
  /** It is declared and exists: does it count as ours? */
  readonly ours: (managedItem: string) => boolean;
  /** No inventory was written yet. */
  readonly isFirst: boolean;
  /** All of one kind that the inventory has. */
  readonly kind: (kind: string) => readonly string[];
}

/**
 * Before the first inventory is written, what is declared and exists counts as ours in an organization that we or a
 * predecessor made (an apply was cut, or the predecessor made it), and as found in one that was adopted.
 */
export function claimOf(inventory: readonly string[] | undefined, origin: Origin): Claim {
  const managedItems = new Set(inventory);
  const kinds = new Map<string, string[]>();
  for (const managedItem of managedItems) {
    const same = kinds.get(kindOf(managedItem));
    if (same === undefined) kinds.set(kindOf(managedItem), [managedItem]);
    else same.push(managedItem);
  }
  const inherits = inventory === undefined && origin !== 'adopted';
  return {
    recorded: (managedItem) => managedItems.has(managedItem),
    ours: (managedItem) => inherits || managedItems.has(managedItem),
    isFirst: inventory === undefined,
    kind: (kind) => kinds.get(kind) ?? [],
  };
}
