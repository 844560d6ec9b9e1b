import { randomBytes } from 'node:crypto';
import { type OwnershipStatement } from '../api/index.js';
import { type OwnershipKeys, signRecord } from '../ownership/index.js';
import type { Inventory } from '../plan/index.js';
import { checkInventory } from './remembered.js';

/** A serial that nothing had before. */
export function newSerial(): string {
  return randomBytes(12).toString('base64url');
}

/** The inventory with what is stated of its organization, signed; one that is kept as it was keeps its signature. */
export function sealInventory(
  keys: OwnershipKeys,
  inventory: Inventory,
  statement: OwnershipStatement | undefined,
  before?: Inventory,
): Inventory {
  const { ownership: _, ...content } = inventory;
  if (statement === undefined || keys.signer === undefined) return content;
  if (before !== undefined && isSame(before, content, statement)) return { ...content, ownership: before.ownership };
  return { ...content, ownership: signRecord(keys.signer, statement, content) };
}

function isSame(before: Inventory, content: Inventory, statement: OwnershipStatement): boolean {
  const { ownership, ...was } = before;
  if (ownership === undefined) return false;
  const { keyID: _, signature: __, ...stated } = ownership;
  return (
    canonical([was.managedItems, was.secretHashes, stated]) ===
    canonical([content.managedItems, content.secretHashes, statement])
  );
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

/** The inventory with items of another one of the same organization, as far as that one is proven. */
export function mergeInventories(
  keys: OwnershipKeys,
  organization: string,
  inventory: Inventory,
  other: Inventory | undefined,
): Inventory {
  const { statement } = checkInventory(keys, organization, inventory);
  const items = checkInventory(keys, organization, other).inventory?.managedItems ?? [];
  const managedItems = [...new Set([...inventory.managedItems, ...items])].sort();
  return sealInventory(keys, { ...inventory, managedItems }, statement, inventory);
}
