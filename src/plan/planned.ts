import type { Change, PlannedChange } from './change.js';
import { effectOf } from './effect.js';
import { riskOf } from './risk.js';
import { wordsOf } from './words.js';

/** A change with its risk, its words and the thing it is about. */
export function planned(change: Change, thing?: string): PlannedChange {
  const base = { change, risk: riskOf(change), words: wordsOf(change) };
  return thing === undefined ? base : { ...base, thing };
}

/** The same for a change that only puts a thing right: what it clears away on the way is not the thing itself. */
export function correction(change: Change, thing: string): PlannedChange {
  return planned(change, effectOf(change) === 'removes' ? undefined : thing);
}
