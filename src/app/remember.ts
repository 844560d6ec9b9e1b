import { QuaysideError } from '../errors/index.js';
import { type Journal } from './apply-journal.js';

/** What became of the record of an apply. */
export interface Kept {
  /** The branch that it is kept in from now on, as the forge takes nothing but branches. */
  readonly recordBranch?: string;
  /** Why the inventory could not be written to the state repository; the next apply finds out by itself. */
  readonly inventoryError?: QuaysideError;
}

/** What was done in Quay must be reported even if it cannot be recorded: then the journal stays for the next apply. */
export async function remember(journal: Journal, write: () => Promise<Kept>): Promise<Kept> {
  try {
    const kept = await write();
    await journal.remove();
    return kept;
  } catch (error) {
    if (error instanceof QuaysideError) return { inventoryError: error };
    throw error;
  }
}
