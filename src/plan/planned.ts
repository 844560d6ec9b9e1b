import type { Change, PlannedChange } from './change.js';
import { effectOf } from './effect.js';
import { riskOf } from './risk.js';
import { wordsOf } from './words.js';

/** A change with its risk, its words and its item. */
export function planned(change: Change, managedItem?: string): PlannedChange {
  const base = { change, risk: riskOf(change), words: wordsOf(change) };
  return managedItem === undefined ? base : { ...base, managedItem };
}

/** The same for a change that only corrects an item: what it removes on the way is not the item itself. */
export function correction(change: Change, managedItem: string): PlannedChange {
  return planned(change, effectOf(change) === 'removes' ? undefined : managedItem);
}
