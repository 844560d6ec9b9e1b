import { type OwnershipStatement } from '../api/index.js';
import { type OwnershipKeys, readRecord } from '../ownership/index.js';
import { type Inventory, isAsFound } from '../plan/index.js';
import type { ConvergeInput } from './input.js';

/** What is remembered of an organization, as far as its signature proves it. */
export interface Remembered {
  readonly statement?: OwnershipStatement | undefined;
  /** Absent where nothing was remembered, or nothing that is proven: then all that is there counts as found. */
  readonly inventory?: Inventory | undefined;
  /** All that it lists, also where nothing may be removed. */
  readonly recorded?: readonly string[];
}

/** Checks an inventory that was kept where others can write. */
export function checkInventory(
  keys: OwnershipKeys,
  organization: string,
  inventory: Inventory | undefined,
): Remembered {
  if (inventory === undefined) return {};
  const statement = readRecord(keys, organization, inventory.ownership, inventory);
  return statement === undefined ? {} : { statement, inventory, recorded: inventory.managedItems };
}

/** What a run remembers of an organization. Where nothing may be removed, nothing counts as made by us. */
export function rememberedIn(
  input: Pick<ConvergeInput, 'inventory' | 'ownership' | 'onlyGrow'>,
  organization: string,
): Remembered {
  const checked = checkInventory(input.ownership, organization, input.inventory(organization));
  const { inventory } = checked;
  if (inventory === undefined || input.onlyGrow !== true) return checked;
  return { ...checked, inventory: { ...inventory, managedItems: inventory.managedItems.filter(isAsFound) } };
}
