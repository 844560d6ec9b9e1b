import { type KubeClient } from '../client/kube-client.js';
import { type Clock, systemClock } from '../../clock/index.js';
import { type EventInput, type Regarding } from '../events/event-book.js';
import { type Fields } from '../../json/index.js';
import { type ObjectName, type ResourceType } from '../resource-type.js';
import { readObject } from '../write/apply.js';
import { type Contention, createLedger, type Kept, type Ledger } from './ledger.js';
import { otherWriter } from './other-writer.js';
import { isTracked, trackWriters } from './track-writers.js';

/** A write that keeps something as it is meant to be. */
export interface Repair extends Kept {
  /** Whether it was as it is meant to be when it was looked at last. Where nobody knows, the second write is a repair. */
  readonly wasInPlace?: boolean | undefined;
  /** The object that says who else writes to it. */
  readonly target?: { readonly type: ResourceType; readonly named: ObjectName };
  /** What an Event is written about. */
  readonly regarding: Regarding;
}

/**
 * All repairs of a process. The first is made at once; where the same one is needed again and again, each waits twice as
 * long as the one before, and from the third on people are told who undoes it.
 */
export interface Repairs {
  /**
   * Writes, unless it has to wait: then nothing is done, and whoever asks comes again when it is due. Where it was repaired
   * lately, `write` is given the target as it is now: one that nobody undid needs no write.
   */
  readonly attempt: <Outcome extends string>(
    repair: Repair,
    write: (live?: Fields) => Promise<Outcome>,
  ) => Promise<Outcome | 'Held'>;
  /** Milliseconds that it has to wait. */
  readonly hold: (kept: Kept) => number;
  /** A repair that was made elsewhere; `writer` says in words who undoes it. */
  readonly note: (repair: Repair, writer: string) => void;
  /** Whether it was repaired lately. */
  readonly knows: (kept: Kept) => boolean;
  readonly contentions: (owner: string) => readonly Contention[];
  /** Milliseconds until something that waits is due, or a fight counts as over; undefined: there is neither. */
  readonly due: (owner: string) => number | undefined;
  readonly counts: () => ReadonlyMap<string, number>;
}

export interface RepairsOptions {
  readonly client: Pick<KubeClient, 'call'>;
  /** Names under which we write ourselves. */
  readonly managers: readonly string[];
  readonly recordEvent?: (recordEvent: EventInput) => void;
  /** Told of every repair. */
  readonly onRepair?: (owner: string, repair: Contention, isTold: boolean) => void;
  readonly clock?: Clock;
  readonly ledger?: Ledger;
}

/** A name of its own, so that what it states, which is nothing, takes nothing of ours away. */
const trackingManager = 'quayside-tracking';

/** What the functions that write call a write; all else they say is none. */
const writes: ReadonlySet<string> = new Set(['Changed', 'Created', 'Written', 'Deleted']);

/** Nothing was repaired yet. */
export function createRepairs({ client, managers, recordEvent, onRepair, ...given }: RepairsOptions): Repairs {
  const { clock = systemClock, ledger = createLedger() } = given;
  const now = (): number => clock.now();
  /** What is made for the first time, by the thousand where an operator is new, need not be remembered. */
  const isFirst = (repair: Repair): boolean => repair.wasInPlace === false && !ledger.has(repair, now());
  const tell = (repair: Repair, writer: string | undefined, isTold: boolean): void => {
    const made = ledger.note({ ...repair, ...(writer !== undefined && { writer }) }, now());
    if (made.repairs === 0) return;
    onRepair?.(repair.owner, made, isTold);
    if (!isTold) return;
    const note = `${made.what} is undone again and again: ${made.writer}. It is put right later and later, in the end every 5 minutes`;
    recordEvent?.({ regarding: repair.regarding, type: 'Warning', reason: 'Contended', action: 'Repair', note });
  };
  /** The object as it is, and whoever writes to it from now on leaves a name there. */
  const look = async ({ target }: Repair): Promise<Fields | undefined> => {
    const live = target && (await readObject(client, target.type, target.named));
    if (target === undefined || live === undefined || isTracked(live)) return live;
    await trackWriters(client, target, { live, manager: trackingManager });
    return live;
  };
  return {
    attempt: async (repair, write) => {
      if (ledger.hold(repair, now()) > 0) return 'Held';
      const isTold = ledger.isToBeTold(repair, now()) && ledger.knows(repair, now());
      // Before the write, which takes the traces away.
      const live = ledger.knows(repair, now()) ? await look(repair) : undefined;
      const outcome = await write(live);
      // One that had no field before has one now.
      if (!isTracked(live) && writes.has(outcome)) await look(repair);
      if (writes.has(outcome) && !isFirst(repair))
        tell(repair, isTold ? otherWriter(live, [...managers, trackingManager]) : undefined, isTold);
      return outcome;
    },
    note: (repair, writer) => tell(repair, writer, ledger.isToBeTold(repair, now()) && ledger.knows(repair, now())),
    hold: (kept) => ledger.hold(kept, now()),
    knows: (kept) => ledger.knows(kept, now()),
    contentions: (owner) => ledger.contentions(owner, now()),
    due: (owner) => ledger.due(owner, now()),
    counts: () => ledger.counts(now()),
  };
}

/** What is fought over, in the words of a condition. */
export function contentionWords(contentions: readonly Contention[]): string {
  const [first, ...others] = [...contentions].sort((one, other) => other.repairs - one.repairs);
  if (first === undefined) return '';
  const { what, writer, repairs, interval } = first;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${what} was undone ${repairs} times: ${writer}. It is put right again ${interval / 1000} s after the last time${more}`;
}
