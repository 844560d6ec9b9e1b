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
    if (found === undefined) {
      changes.push(...lane.make(stated).map((change) => planned(change, thing)));
      continue;
    }
    if (claim.ours(thing)) ours.push(thing);
    const adjustment = lane.adjust?.(stated, found, thing) ?? {};
    if (adjustment.asFound === true) ours.push(asFound(thing));
    changes.push(...(adjustment.changes ?? []).map((change) => correction(change, thing)));
    skipped.push(...(adjustment.skipped ?? []));
  }
  for (const [thing, found] of lane.found) {
    if (lane.stated.has(thing) || !claim.recorded(thing)) continue;
    ours.push(thing);
    changes.push(...lane.remove(found).map((change) => planned(change, thing)));
  }
  return { changes, ours, skipped };
}

/** A map by name of the thing, in the order of the names. */
export function byThing<T>(items: Iterable<T>, nameOf: (item: T) => string): ReadonlyMap<string, T> {
  const pairs = [...items].map((item) => [nameOf(item), item] as const);
  return new Map(pairs.sort(([one], [other]) => compareText(one, other)));
}

/** The same where several may share a name. */
export function groupByThing<T>(items: Iterable<T>, nameOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return new Map([...groups].sort(([one], [other]) => compareText(one, other)));
}

/** Order by code units: the same everywhere. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
