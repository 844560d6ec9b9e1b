import { TerminalError } from '../errors/index.js';
import { dayBeside, type DayCount, type Entry } from '../feed/index.js';
import { asked } from './answer/failure.js';
import { type JsonObject, listIn, numberIn, objectOf, optionalText, textIn, unexpected } from './answer/fields.js';
import type { Ask } from './ask.js';
import { address } from './transport/address.js';
import type { Call } from './transport/call.js';

/** The audit log of the whole registry, which superusers may read. Times are seconds since 1970, by the server's clock. */
export interface AuditLog {
  /** How many rows there are of each kind and day, from one day to another, and when that was. */
  counts(from: number, to: number): Promise<{ readonly asOf: number; readonly counts: readonly DayCount[] }>;
  /** Rows of some days, the newest first, as far back as a moment; undefined where that takes more pages than are wanted. */
  list(
    days: { readonly from: number; readonly to: number },
    back: number,
    mostPages: number,
  ): Promise<readonly Entry[] | undefined>;
}

const perPage = 20;

/** Reads the audit log. Days are always named: without them Quay gives a window that slides. */
export function auditLog(ask: Ask): AuditLog {
  return {
    counts: async (from, to) => {
      const call = logCall('superuser/aggregatelogs', { from, to });
      const { body, date } = await ask.must(call);
      const source = asked(call);
      const asOf = Date.parse(date ?? '') / 1000;
      if (!Number.isFinite(asOf)) throw unexpected(source, 'it has no date');
      const answer = available(objectOf(body.kind === 'json' ? body.value : undefined, source, 'the counts'), source);
      const counts = listIn(answer, 'aggregated', source).map((entry) => {
        const one = objectOf(entry, source, 'a count');
        return {
          kind: textIn(one, 'kind', source),
          day: secondsOf(textIn(one, 'datetime', source), source),
          count: numberIn(one, 'count', source),
        };
      });
      return { asOf, counts };
    },
    list: async (days, back, mostPages) => {
      const found: Entry[] = [];
      let page: string | undefined;
      for (let pages = 0; pages < mostPages; pages += 1) {
        const call = logCall('superuser/logs', days, page);
        const source = asked(call);
        const answer = available(objectOf(await ask.read(call), source, 'the list'), source);
        const entries = listIn(answer, 'logs', source).map((entry) =>
          entryOf(objectOf(entry, source, 'a row'), source),
        );
        found.push(...entries.filter(({ time }) => time >= back));
        page = optionalText(answer, 'next_page', source);
        const isOver = entries.length < perPage || page === undefined || entries.some(({ time }) => time < back);
        if (isOver) return found;
      }
      return undefined;
    },
  };
}

function logCall(path: string, { from, to }: { readonly from: number; readonly to: number }, page?: string): Call {
  const range = `starttime=${dayText(from)}&endtime=${dayText(to)}`;
  const where = page === undefined ? address(`${path}?${range}`) : address(`${path}?${range}&next_page={page}`, page);
  return { method: 'GET', scope: 'super:user', ...where };
}

/** The one form that Quay reads; every other counts as no date at all. */
function dayText(time: number): string {
  const [year = '', month = '', day = ''] = new Date(time * 1000).toISOString().slice(0, 10).split('-');
  return `${month}/${day}/${year}`;
}

/** Quay answers with an empty list where its logs go to a place that it cannot read. */
function available(answer: JsonObject, source: string): JsonObject {
  if (answer.search_unavailable !== true) return answer;
  throw new TerminalError('FeatureDisabled', `${source}: this Quay writes its audit log to where it cannot read it`);
}

function entryOf(row: JsonObject, source: string): Entry {
  const metadata =
    row.metadata === null || row.metadata === undefined ? {} : objectOf(row.metadata, source, 'metadata');
  const performer =
    row.performer === null || row.performer === undefined ? {} : objectOf(row.performer, source, 'performer');
  const namespace =
    row.namespace === null || row.namespace === undefined ? {} : objectOf(row.namespace, source, 'namespace');
  const named = [namespace.name, metadata.namespace, metadata.old_name, metadata.new_name];
  const owner = optionalText(performer, 'name', source);
  return {
    kind: textIn(row, 'kind', source),
    time: secondsOf(textIn(row, 'datetime', source), source),
    namespaces: [...new Set(named.filter((name) => typeof name === 'string'))],
    ...(owner !== undefined && metadata.oauth_token_id !== undefined && { tokenOwner: owner }),
    // The name of a namespace is looked up when the row is read, and may be another one the next time.
    text: JSON.stringify([row.kind, row.datetime, row.ip, performer.name, row.metadata]),
  };
}

function secondsOf(text: string, source: string): number {
  const time = Date.parse(text) / 1000;
  if (Number.isFinite(time)) return time;
  throw unexpected(source, 'a time is none');
}

/** The whole of a day, and of that after it: the clock of the server that wrote a row may be ahead. */
export function daysUntil(from: number, now: number): { readonly from: number; readonly to: number } {
  return { from, to: dayBeside(now, 1) };
}
