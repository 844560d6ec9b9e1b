import { type Contents, covers } from './apply-set.js';
import { type Inventory } from './inventory.js';

/** What the parent records while objects are applied. */
export interface Recording {
  readonly contents: Contents;
  /** Why it could not be widened: what it does not cover must not be applied. */
  readonly error?: unknown;
}

/** Widens what the parent records, before anything is applied. */
export async function recordWider(inventory: Inventory, more: Contents): Promise<Recording> {
  try {
    return { contents: await inventory.widen(more) };
  } catch (error) {
    return { contents: inventory.contents, error };
  }
}

/** Narrows what the parent records to what is left, once the rest was pruned; what is not known stays recorded. */
export async function recordLeft(inventory: Inventory, { contents }: Recording, left: Contents): Promise<unknown> {
  if (covers(left, contents) || inventory.closed !== undefined) return undefined;
  try {
    await inventory.narrow(left);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Whether what is recorded covers all of it. */
export function isRecorded({ contents }: Recording, more: Contents): boolean {
  return covers(contents, more);
}
