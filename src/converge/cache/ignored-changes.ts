import { createHash } from 'node:crypto';
import { type OrganizationPlan, type PlannedChange, withoutIgnored } from '../../plan/index.js';
import { type OrganizationResult } from '../index.js';

/** A change that Quay answered as done, and did not make. */
export interface IgnoredChange {
  readonly words: string;
  /** How often it was tried. */
  readonly tries: number;
  /** When it may be tried again, in milliseconds. */
  readonly due: number;
}

/** By what exactly is to be changed. */
export type IgnoredChanges = ReadonlyMap<string, IgnoredChange>;

const hour = 3_600_000;
/** Milliseconds between two tries: doubled each time. */
const between = { first: hour, most: 24 * hour };

/** A digest of what exactly a change is to change: the same words may ask for another value. It is kept for every change. */
export const keyOfChange = ({ change }: Pick<PlannedChange, 'change'>): string =>
  createHash('sha256').update(JSON.stringify(change)).digest('base64url');

/** Whether a change is not tried at the moment. */
export function isHeldBack(ignored: IgnoredChanges, planned: PlannedChange, now: number): boolean {
  return (ignored.get(keyOfChange(planned))?.due ?? -Infinity) > now;
}

interface Checked {
  readonly known: IgnoredChanges;
  /** Changes that were made, and had been made before. */
  readonly suspects: readonly PlannedChange[];
  /** What a look right after them still asks for. */
  readonly needed: readonly PlannedChange[];
  readonly now: number;
}

/** What is known to be ignored after a look that came right after a write: only Quay itself can have undone that. */
export function checkedAgain({ known, suspects, needed, now }: Checked): IgnoredChanges {
  const after = new Map(known);
  const stillNeeded = new Set(needed.map(keyOfChange));
  for (const planned of suspects) {
    const key = keyOfChange(planned);
    const tries = (known.get(key)?.tries ?? 0) + 1;
    const due = now + Math.min(between.most, between.first * 2 ** (tries - 1));
    if (stillNeeded.has(key)) after.set(key, { words: planned.words, tries, due });
    else after.delete(key);
  }
  return after;
}

/** Without those that nobody asks for any more. */
export function stillAskedFor(known: IgnoredChanges, { changes, skipped }: OrganizationPlan): IgnoredChanges {
  const asked = new Set([...changes.map(({ words }) => words), ...skipped.map(({ what }) => what)]);
  return new Map([...known].filter(([, { words }]) => asked.has(words)));
}

/** A result without what was not done after all. */
export function resultWithout(result: OrganizationResult, ignored: IgnoredChanges): OrganizationResult {
  const isIgnored = (planned: PlannedChange): boolean => ignored.has(keyOfChange(planned));
  if (result.plan === undefined || !result.done.some(isIgnored)) return result;
  const done = result.done.filter((planned) => !isIgnored(planned));
  return { ...result, plan: withoutIgnored(result.plan, isIgnored), done };
}
