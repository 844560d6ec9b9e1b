import type { Context } from './context.js';

const prefix = 'asFound/';

/** Inventory entry for an adopted item that allowed more than declared before the adoption. */
export function asFound(managedItem: string): string {
  return `${prefix}${encodeURIComponent(managedItem)}`;
}

/** Whether an entry of the inventory only says how an item was found. */
export function isAsFound(entry: string): boolean {
  return entry.startsWith(prefix);
}

/**
 * Whether an item that allows more than declared was found like that: adoption never narrows what exists. Once it was seen as declared, and
 * for everything that is declared later, more than declared is a change by somebody else's hand.
 */
export function wasFoundLikeThat({ origin, claim }: Pick<Context, 'origin' | 'claim'>, managedItem: string): boolean {
  if (origin !== 'adopted' || claim.ours(managedItem)) return false;
  return claim.isFirst || claim.recorded(asFound(managedItem));
}
