import { asFound } from './as-found.js';
import type { Change } from './change.js';
import type { Claim } from './claim.js';
import type { FamilyPlan, Skipped } from './context.js';
import { correction, planned } from './planned.js';

/** What puts a thing right that exists and is stated, or why it stays as it is. */
export interface Adjustment {
  readonly changes?: readonly Change[];
  readonly skipped?: readonly Skipped[];
  /** It allows more than is stated, or that could not be read, and was found like that. */
  readonly asFound?: boolean;
}

/** Things of one kind, by their name in the inventory. */
export interface Lane<S, F> {
  readonly stated: ReadonlyMap<string, S>;
  readonly found: ReadonlyMap<string, F>;
  readonly make: (stated: S) => readonly Change[];
  readonly adjust?: (stated: S, found: F, thing: string) => Adjustment;
  readonly remove: (found: F) => readonly Change[];
  /** Why a thing may not have the Secret that it names: it is left as it is. */
  readonly refused?: (thing: string) => string | undefined;
}

/**
 * The rule that every family follows: stated and missing is made, stated and different is put right, no longer stated is
 * removed when we made it and left when it was there before.
 */
export function compareKeyed<S, F>(claim: Claim, lane: Lane<S, F>): FamilyPlan {
  const changes = [];
  const ours = [];
  const skipped = [];
  for (const [thing, stated] of lane.stated) {
    const found = lane.found.get(thing);
    if (found !== undefined && claim.ours(thing)) ours.push(thing);
    const refusal = lane.refused?.(thing);
    if (refusal !== undefined) {
      skipped.push({ what: thing, reason: 'SecretNotAllowed', message: refusal } as const);
    } else if (found === undefined) {
      changes.push(...lane.make(stated).map((change) => planned(change, thing)));
    } else {
      const adjustment = lane.adjust?.(stated, found, thing) ?? {};
      if (adjustment.asFound === true) ours.push(asFound(thing));
      changes.push(...(adjustment.changes ?? []).map((change) => correction(change, thing)));
      skipped.push(...(adjustment.skipped ?? []));
    }
  }
  const removal = surplus(claim, lane);
  return { changes: [...changes, ...removal.changes], ours: [...ours, ...removal.ours], skipped };
}

/** What we made, and nobody states any more. */
function surplus<S, F>(claim: Claim, lane: Lane<S, F>): Pick<FamilyPlan, 'changes' | 'ours'> {
  const gone = [...lane.found].filter(([thing]) => !lane.stated.has(thing) && claim.recorded(thing));
  return {
    changes: gone.flatMap(([thing, found]) => lane.remove(found).map((change) => planned(change, thing))),
    ours: gone.map(([thing]) => thing),
  };
}

/** A map by name of the thing, in the order of the names. */
export function byThing<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, T> {
  if (items.length === 0) return none;
  return inOrder(new Map(items.map((item) => [nameOf(item), item])));
}

/** The same where several may share a name. */
export function groupByThing<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
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

// A plan looks at a dozen kinds of things in every repository, and finds next to none of them.
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
