/** What an Event is about. */
export interface Regarding {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
}

/** A `QuayOrganization` as an Event names it. */
export function regarding({ name, uid }: { readonly name: string; readonly uid?: string | undefined }): Regarding {
  return { apiVersion: 'quayside.dev/v1alpha1', kind: 'QuayOrganization', name, ...(uid !== undefined && { uid }) };
}

/** Something that people should be able to read beside the object. */
export interface EventInput {
  readonly regarding: Regarding;
  readonly type: 'Normal' | 'Warning';
  /** Reason, one word of the documented vocabulary. */
  readonly reason: string;
  /** What was being done, in one word: `Publish`. */
  readonly action: string;
  /** For a person. */
  readonly note: string;
}

/** What to write: a new Event, how often an earlier one has happened by now, or nothing. */
export type Entry =
  | { readonly kind: 'Create'; readonly id: string; readonly input: EventInput }
  | { readonly kind: 'Count'; readonly id: string; readonly count: number }
  | { readonly kind: 'Later' }
  | { readonly kind: 'Drop' };

/** Remembers which Events there are. A value of time is handed in. */
export interface EventBook {
  readonly note: (input: EventInput, now: number) => Entry;
  /** Counts that have not been written yet and are due. */
  readonly due: (now: number) => readonly Extract<Entry, { kind: 'Count' }>[];
  /** The Event is no longer there, or never was: the next one is new. */
  readonly forget: (id: string) => void;
}

const minute = 60_000;
/** What has not happened again for this long begins anew. */
const memory = 30 * minute;
/** A count is written this often at most. */
const countEvery = minute;
/** Different notes of one kind about one object, before they are recorded together. */
const different = 10;
/** Events at once, and then one each so many milliseconds: about one object, and about all. */
const perObject = { burst: 25, each: 5 * minute } as const;
const overall = { burst: 100, each: 500 } as const;

/** An empty book. */
export function createEventBook(): EventBook {
  const series = new Map<string, Series>();
  const notes = new Map<string, Set<string>>();
  const buckets = new Map<string, Bucket>();

  let pruned = 0;
  const prune = (now: number): void => {
    if (now - pruned < countEvery) return;
    pruned = now;
    for (const [id, { seen }] of series) if (now - seen > memory) series.delete(id);
    for (const [kind, ids] of notes) if (![...ids].some((id) => series.has(id))) notes.delete(kind);
    for (const [key, bucket] of buckets) if (now - bucket.at > memory * 5) buckets.delete(key);
  };
  const may = (
    key: string,
    { burst, each }: { readonly burst: number; readonly each: number },
    now: number,
  ): boolean => {
    const { at, left } = buckets.get(key) ?? { at: now, left: burst };
    const full = Math.min(burst, left + (now - at) / each);
    buckets.set(key, { at: now, left: full >= 1 ? full - 1 : full });
    return full >= 1;
  };

  return {
    note: (input, now) => {
      prune(now);
      const object = objectOf(input.regarding);
      const kind = [object, input.type, input.reason].join(' ');
      const known = notes.get(kind) ?? new Set<string>();
      const exact = `${kind} ${input.action} ${input.note}`;
      const combined = !known.has(exact) && known.size >= different;
      const id = combined ? `${kind} and others` : exact;
      const before = series.get(id);
      if (before !== undefined) {
        const after = { ...before, seen: now, count: before.count + 1 };
        const write = now - before.written >= countEvery;
        series.set(id, write ? { ...after, written: now, reported: after.count } : after);
        return write ? { kind: 'Count', id, count: after.count } : { kind: 'Later' };
      }
      if (!may(object, perObject, now) || !may('', overall, now)) return { kind: 'Drop' };
      notes.set(kind, known.add(id));
      series.set(id, { count: 1, reported: 1, seen: now, written: now });
      const note = combined ? `(and others like it) ${input.note}` : input.note;
      return { kind: 'Create', id, input: { ...input, note } };
    },
    due: (now) =>
      [...series].flatMap(([id, one]) => {
        if (one.count === one.reported || now - one.written < countEvery) return [];
        series.set(id, { ...one, reported: one.count, written: now });
        return [{ kind: 'Count' as const, id, count: one.count }];
      }),
    forget: (id) => void series.delete(id),
  };
}

interface Series {
  readonly count: number;
  /** The count that was written last. */
  readonly reported: number;
  readonly seen: number;
  readonly written: number;
}

interface Bucket {
  readonly at: number;
  readonly left: number;
}

function objectOf({ kind, namespace = '', name, uid = '' }: Regarding): string {
  return `${kind}/${namespace}/${name}/${uid}`;
}
