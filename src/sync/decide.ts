import { type Ban, type Policy, type Report } from '../policy/index.js';
import { desiredObject, hasLeftOver, isAsDesired } from './desired-object.js';
import { partOfLabel } from './inventory/apply-set.js';
import {
  groupKindIn,
  type KubeObject,
  type LiveObject,
  objectKey,
  objectWords,
  type SyncObject,
} from './sync-object.js';
import { type Kinds, type KindTraits } from './traits.js';

/** All that is known when it is decided what is written. */
export interface Known {
  readonly objects: readonly SyncObject[];
  /** By key. */
  readonly lives: ReadonlyMap<string, LiveObject>;
  /** Objects as they were declared the time before, by key, where there was one since the start. */
  readonly last: ReadonlyMap<string, KubeObject> | undefined;
  readonly kinds: Kinds;
  readonly policy: Policy;
  /** The id of the set that the objects become members of; none where there is no inventory. */
  readonly set: string | undefined;
}

/** A write that is wanted. */
export interface Step {
  readonly key: string;
  readonly action: 'create' | 'change';
  readonly traits: KindTraits;
  /** As it is meant to be. */
  readonly declared: KubeObject;
  /** As it is applied: with what the sync puts on it. */
  readonly object: KubeObject;
  readonly after: readonly string[];
}

/** What is to be written, and what is not. */
export interface Decided {
  readonly steps: readonly Step[];
  readonly reports: readonly Report[];
  /** Keys of objects that are not as they are declared, and are not written: nobody can wait for their new state. */
  readonly blocked: readonly string[];
  /** Objects that are being deleted, and have to be made again once they are gone. */
  readonly leaving: readonly string[];
  /** What every object is meant to be, by key. */
  readonly meant: ReadonlyMap<string, KubeObject>;
}

/** Decides about every object that is declared. */
export function decideApplies(known: Known): Decided {
  const decided = known.objects.map((object) => decideOne(known, object));
  return {
    steps: decided.flatMap(({ step }) => step ?? []),
    reports: decided.flatMap(({ report }) => report ?? []),
    blocked: decided.flatMap(({ key, report, isLeaving }) => (report !== undefined || isLeaving ? [key] : [])),
    leaving: decided.flatMap(({ key, isLeaving }) => (isLeaving ? [key] : [])),
    meant: new Map(decided.flatMap(({ key, wanted }) => (wanted === undefined ? [] : [[key, wanted]]))),
  };
}

interface DecidedOne {
  readonly key: string;
  readonly isLeaving: boolean;
  readonly wanted: KubeObject | undefined;
  readonly step?: Step;
  readonly report?: Report;
}

function decideOne(known: Known, { object, after = [] }: SyncObject): DecidedOne {
  const key = objectKey(object);
  const traits = known.kinds.get(groupKindIn(key));
  if (traits === undefined) throw new TypeError(`objects of the kind of ${key} are declared, and it is not known`);
  const live = known.lives.get(key);
  const wanted = wantedOf(known, object, live, traits);
  const one = { key, isLeaving: live?.deleting === true, wanted };
  const isDone = live !== undefined && wanted !== undefined && !differs(known, live, wanted, traits);
  if (one.isLeaving || isDone) return one;
  const action = live === undefined ? 'create' : 'change';
  const ban = banOf(known, action, { live, traits });
  if (ban !== undefined || wanted === undefined) {
    return { ...one, report: skipped(key, action, ban ?? known.policy.remove) };
  }
  const desired = desiredObject(wanted, { set: known.set, traits });
  return { ...one, step: { key, action, traits, declared: wanted, after, object: desired } };
}

/** The report of a change that is not made. */
export function skipped(key: string, action: Report['action'], ban: Ban | undefined): Report {
  return { object: objectWords(key), action, outcome: 'Skipped', ...ban };
}

/** What the object is meant to be: where nothing may be removed, no less than it is. */
function wantedOf(
  { policy }: Known,
  object: KubeObject,
  live: LiveObject | undefined,
  { grow }: KindTraits,
): KubeObject | undefined {
  if (policy.remove === undefined || live === undefined || grow === undefined) return object;
  return grow(live, object);
}

/** Why an object is not written. A member of another set is somebody else's. */
function banOf(
  { set, policy }: Known,
  action: Step['action'],
  { live, traits }: { readonly live: LiveObject | undefined; readonly traits: KindTraits },
): Ban | undefined {
  const other = live?.labels[partOfLabel];
  if (live === undefined || set === undefined || other === undefined || other === set) return policy[action];
  if (traits.takesOver?.(live) === true) return policy[action];
  return { reason: 'Conflict', message: `it belongs to another ApplySet, ${other}` };
}

function differs({ set, last }: Known, live: LiveObject, object: KubeObject, traits: KindTraits): boolean {
  const desired = desiredObject(object, { set, traits });
  if (!isAsDesired(live, desired)) return true;
  const before = last?.get(live.key);
  return live.whole === undefined && before !== undefined && hasLeftOver(live, desired, before);
}
