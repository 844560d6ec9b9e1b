import { type OwnershipStatement } from '../api/index.js';
import { type OwnershipKeys, readRecord } from '../ownership/index.js';
import { type Inventory } from '../plan/index.js';
import type { ConvergeInput } from './input.js';

/** What is remembered of an organization, as far as its signature proves it. */
export interface Remembered {
  readonly statement?: OwnershipStatement | undefined;
  /** Absent where nothing was remembered, or nothing that is proven: then all that is there counts as found. */
  readonly inventory?: Inventory | undefined;
}

/** Checks an inventory that was kept where others can write. */
export function checkInventory(
  keys: OwnershipKeys,
  organization: string,
  inventory: Inventory | undefined,
): Remembered {
  if (inventory === undefined) return {};
  const statement = readRecord(keys, organization, inventory.ownership, inventory);
  return statement === undefined ? {} : { statement, inventory };
}

/** What a run remembers of an organization. */
export function rememberedIn(
  { ownership, inventory }: Pick<ConvergeInput, 'inventory' | 'ownership'>,
  organization: string,
): Remembered {
  return checkInventory(ownership, organization, inventory(organization));
}
