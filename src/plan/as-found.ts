import type { Context } from './context.js';

const prefix = 'asFound/';

/** Says in the inventory that an adopted thing allows more than is stated, and did so before we came. */
export function asFound(thing: string): string {
  return `${prefix}${encodeURIComponent(thing)}`;
}

/** Whether an entry of the inventory only says how a thing was found. */
export function isAsFound(entry: string): boolean {
  return entry.startsWith(prefix);
}

/**
 * Whether a thing that allows more than is stated was found like that: adoption never narrows what exists. Once it was seen as stated, and
 * for everything that is stated later, more than is stated is a change by somebody else's hand.
 */
export function wasFoundLikeThat({ origin, claim }: Pick<Context, 'origin' | 'claim'>, thing: string): boolean {
  if (origin !== 'adopted' || claim.ours(thing)) return false;
  return claim.isFirst || claim.recorded(asFound(thing));
}
