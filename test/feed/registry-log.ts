import { dayOf, type DayCount, type Entry } from '../../src/feed/index.js';
import { type AuditLog } from '../../src/quay/index.js';

const perPage = 20;

/** An audit log as Quay keeps it, with a clock of its own, and its ways to go wrong. */
export interface RegistryLog {
  now: number;
  /** Of rows of one second that a page ends with, each later page loses as many. */
  losesPages: boolean;
  /** It shows at most ten kinds. */
  isElastic: boolean;
  /** It cannot be read at all. */
  isDown: boolean;
  /** What happens between two calls of one question. */
  meanwhile: (() => void) | undefined;
  readonly calls: () => number;
  readonly write: (kind: string, namespace: string, more?: { readonly own?: boolean; readonly late?: number }) => void;
  /** Forgets the newest rows, as a restored database has. */
  readonly forget: (rows: number) => void;
  /** Forgets what is older, as its rotation does. */
  readonly rotate: (before: number) => void;
  readonly log: AuditLog;
}

/** The account whose token asks. */
export const username = 'quayside';

/** An empty log that shows this time. */
export function registryLog(now: number): RegistryLog {
  let rows: Entry[] = [];
  let calls = 0;
  const within = (from: number, to: number): readonly Entry[] =>
    rows.filter(({ time }) => dayOf(time) >= from && dayOf(time) <= to);
  const called = (): void => {
    calls += 1;
    if (registry.isDown) throw new Error('502');
  };
  const registry: RegistryLog = {
    now,
    losesPages: false,
    isElastic: false,
    isDown: false,
    meanwhile: undefined,
    calls: () => calls,
    write: (kind, namespace, { own = false, late = 0 } = {}) => {
      const time = registry.now - late;
      const entry = {
        kind,
        time,
        namespaces: namespace === '' ? [] : [namespace],
        ...(own && { tokenOwner: username }),
      };
      rows.push({ ...entry, text: JSON.stringify(entry) });
    },
    forget: (count) => void (rows = rows.slice(0, Math.max(0, rows.length - count))),
    rotate: (before) => void (rows = rows.filter(({ time }) => time >= before)),
    log: {
      counts: async (from, to) => {
        called();
        const found = new Map<string, DayCount>();
        for (const { kind, time } of within(from, to)) {
          const key = `${kind} ${dayOf(time)}`;
          found.set(key, { kind, day: dayOf(time), count: (found.get(key)?.count ?? 0) + 1 });
        }
        const counts = registry.isElastic ? commonest([...found.values()]) : [...found.values()];
        const answer = { asOf: registry.now, counts };
        const { meanwhile } = registry;
        registry.meanwhile = undefined;
        meanwhile?.();
        return Promise.resolve(answer);
      },
      list: async ({ from, to }, back, mostPages) => {
        const all = [...within(from, to)].reverse().sort((a, b) => b.time - a.time);
        const shown: Entry[] = [];
        let skip = 0;
        for (let page = 0, at = 0; page < mostPages; page += 1) {
          called();
          const entries = all.slice(at + skip, at + skip + perPage);
          shown.push(...entries.filter(({ time }) => time >= back));
          if (entries.length < perPage || entries.some(({ time }) => time < back)) return Promise.resolve(shown);
          at += perPage;
          if (registry.losesPages && all[at + skip - 1]?.time === all[at + skip]?.time) skip += perPage;
        }
        return Promise.resolve(undefined);
      },
    },
  };
  return registry;
}

/** Only the ten commonest kinds, as a terms aggregation without a size gives them. */
function commonest(counts: readonly DayCount[]): readonly DayCount[] {
  const sums = new Map<string, number>();
  for (const { kind, count } of counts) sums.set(kind, (sums.get(kind) ?? 0) + count);
  const kinds = [...sums].sort(([, a], [, b]) => b - a).slice(0, 10);
  return counts.filter(({ kind }) => kinds.some(([one]) => one === kind));
}
