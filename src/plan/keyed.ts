import { asFound } from './as-found.js';
import type { Change } from './change.js';
import type { Claim } from './claim.js';
import type { ResourcePlan, Skipped } from './context.js';
import { correction, planned, removal } from './planned.js';

/** What corrects an item that exists and is declared, or why it stays as it is. */
export interface Adjustment {
  readonly changes?: readonly Change[];
  readonly skipped?: readonly Skipped[];
  /** It allows more than declared, or that could not be read, and was found like that. */
  readonly asFound?: boolean;
}

/** How items of one kind are compared, by their name in the inventory. */
export interface Comparator<S, F> {
  readonly declared: ReadonlyMap<string, S>;
  readonly found: ReadonlyMap<string, F>;
  readonly make: (declared: S) => readonly Change[];
  readonly adjust?: (declared: S, found: F, managedItem: string) => Adjustment;
  readonly remove: (found: F) => readonly Change[];
  /** Why a thing may not have the Secret that it names: it is left as it is. */
  readonly refused?: (managedItem: string) => string | undefined;
}

/**
 * The rule that every resource type follows: declared and missing is created, declared and different is corrected, no longer declared is
 * removed when we made it and left when it was there before.
 */
export function compareKeyed<S, F>(claim: Claim, comparator: Comparator<S, F>): ResourcePlan {
  const changes = [];
  const ours = [];
  const skipped = [];
  for (const [managedItem, declared] of comparator.declared) {
    const found = comparator.found.get(managedItem);
    if (found !== undefined && claim.ours(managedItem)) ours.push(managedItem);
    const refusal = comparator.refused?.(managedItem);
    if (refusal !== undefined) {
      skipped.push({ what: managedItem, reason: 'SecretNotAllowed', message: refusal } as const);
    } else if (found === undefined) {
      changes.push(...comparator.make(declared).map((change) => planned(change, managedItem)));
    } else {
      const adjustment = comparator.adjust?.(declared, found, managedItem) ?? {};
      if (adjustment.asFound === true) ours.push(asFound(managedItem));
      changes.push(...(adjustment.changes ?? []).map((change) => correction(change, managedItem)));
      skipped.push(...(adjustment.skipped ?? []));
    }
  }
  const gone = surplus(claim, comparator);
  return { changes: [...changes, ...gone.changes], ours: [...ours, ...gone.ours], skipped };
}

/** What we made, and nobody states any more. */
function surplus<S, F>(claim: Claim, comparator: Comparator<S, F>): Pick<ResourcePlan, 'changes' | 'ours'> {
  const gone = [...comparator.found].filter(
    ([managedItem]) => !comparator.declared.has(managedItem) && claim.recorded(managedItem),
  );
  return {
    changes: gone.flatMap(([managedItem, found]) =>
      comparator.remove(found).map((change) => removal(change, managedItem)),
    ),
    ours: gone.map(([managedItem]) => managedItem),
  };
}

/** A map by name of the item, in the order of the names. */
export function byItem<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, T> {
  if (items.length === 0) return none;
  return inOrder(new Map(items.map((item) => [nameOf(item), item])));
}

/** The same where several may share a name. */
export function groupByItem<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  if (items.length === 0) return none;
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return inOrder(groups);
}

// A plan compares a dozen kinds of items in every repository, and finds next to none of them.
const none: ReadonlyMap<string, never> = new Map<string, never>();

/** The map in the order of its keys: the same map where they are in order already. */
export function inOrder<T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  let last = '';
  for (const key of map.keys()) {
    if (key < last) return new Map([...map].sort(([one], [other]) => compareText(one, other)));
    last = key;
  }
  return map;
}

/** Order by code units: the same everywhere. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
