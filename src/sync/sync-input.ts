import { type Problem } from '../errors/index.js';
import { type KubeClient, type Repairs } from '../kube/index.js';
import { type Policy, type Report } from '../policy/index.js';
import { type Parent } from './inventory/apply-set.js';
import { type Pruning, type PruneInput } from './prune.js';
import { type KubeObject, type LiveObject, type SyncObject } from './sync-object.js';
import { type Kinds } from './traits.js';

/** How objects that are no longer declared are found, and when they go. */
export interface PruneOptions extends Pick<PruneInput, 'keeps' | 'most'> {
  /** The object that has it written down. */
  readonly parent: Parent;
  /** `Whole`: the objects make up one thing, so nothing of it goes before all that is declared is applied. */
  readonly when: 'Each' | 'Whole';
}

/** All that a sync is made from. */
export interface SyncInput {
  readonly client: KubeClient;
  readonly repairs: Pick<Repairs, 'attempt' | 'hold'>;
  readonly kinds: Kinds;
  readonly objects: readonly SyncObject[];
  /** What is in the cluster: members of the set, and whatever has the name of a declared object. */
  readonly lives: readonly LiveObject[];
  /** Objects as they were declared the time before, by key, where there was one since the start. */
  readonly last: ReadonlyMap<string, KubeObject> | undefined;
  /** `create`, `change` and `delete` objects; where nothing may be `remove`d, a change only grows. */
  readonly policy: Policy;
  /** @default - nothing is recorded, and nothing pruned */
  readonly prune?: PruneOptions | undefined;
  /** Keys of declared objects that could not be read, and why: they are not written. */
  readonly unread?: ReadonlyMap<string, unknown>;
  /** Group and kind → why its objects could not be listed: nothing is known of them, and they stay. */
  readonly unlisted?: ReadonlyMap<string, string>;
  /** Nothing is written any more once it is aborted. */
  readonly signal: AbortSignal;
}

/** What a sync came to. */
export interface Synced {
  /** What every object was meant to be, by key. */
  readonly meant: ReadonlyMap<string, KubeObject>;
  /** Every change that was made, or was not, by the words of its object. */
  readonly reports: readonly Report[];
  /** Keys of objects that are being deleted, and have to be made again once they are gone. */
  readonly leaving: readonly string[];
  /** Objects that could not be written, in the order of their names, where others could. */
  readonly refused: readonly Problem[];
  /** What is too much to be pruned at once, and the hash that lets exactly these go. */
  readonly held?: Pruning['held'];
  /** Milliseconds until it is worth to sync again although nothing happened. */
  readonly due?: number;
  /** What went wrong, and concerns more than an object. */
  readonly faults: readonly unknown[];
}
