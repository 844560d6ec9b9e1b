import type { Change, PlannedChange } from './change.js';
import { type Action } from '../policy/index.js';
import { effectOf, type Effect } from './effect.js';
import { riskOf } from './risk.js';
import { wordsOf } from './words.js';

/** A change with its risk, its words and its item. */
export function planned(change: Change, managedItem?: string, action = actionOf(change)): PlannedChange {
  const base = { change, action, risk: riskOf(change), words: wordsOf(change) };
  return managedItem === undefined ? base : { ...base, managedItem };
}

/** The same for a change that only corrects an item: what it removes on the way is not the item itself. */
export function correction(change: Change, managedItem: string): PlannedChange {
  return planned(change, effectOf(change) === 'removes' ? undefined : managedItem, 'change');
}

/** The removal of an item that is no longer declared, also where Quay can only switch it off. */
export function removal(change: Change, managedItem: string): PlannedChange {
  return planned(change, managedItem, 'remove');
}

const actions: Readonly<Record<Effect, Action>> = { makes: 'create', changes: 'change', removes: 'remove' };

function actionOf(change: Change): Action {
  const isForGood = change.type === 'DeleteOrganization' || change.type === 'DeleteRepository';
  return isForGood ? 'delete' : actions[effectOf(change)];
}
