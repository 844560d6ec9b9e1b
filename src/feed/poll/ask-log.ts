import {
  type Counted,
  type Entry,
  backTo,
  begin,
  dayBeside,
  dayOf,
  type FeedState,
  firstDay,
  isProvenBy,
} from '../index.js';
import { mostProofRows, rowsOf } from '../index.js';
import { type AuditLog, daysUntil } from '../../quay/index.js';

const perPage = 20;

/** Counts from a day on; `now` is what the server's clock shows, as far as anybody knows. */
export async function askCounts(log: AuditLog, from: number, now: number): Promise<Counted> {
  const { to } = daysUntil(from, now);
  return { from, ...(await log.counts(from, to)) };
}

/** The rows since a moment; undefined where there are more than are wanted. */
export function askRows(
  log: AuditLog,
  asOf: number,
  back: number,
  mostPages: number,
): Promise<readonly Entry[] | undefined> {
  return log.list(daysUntil(dayOf(back), asOf), back, mostPages);
}

/** The point to start from: counts, and the rows of the minute before them. */
export async function askBeginning(
  log: AuditLog,
  now: number,
  mostPages: number,
): Promise<{ readonly counted: Counted; readonly state: FeedState | undefined }> {
  let counted = await askCounts(log, firstDay({ asOf: now }), now);
  // The own clock may show another day than the server's.
  const from = firstDay(counted);
  if (from !== counted.from) counted = await askCounts(log, from, counted.asOf);
  const rows = await askRows(log, counted.asOf, backTo(counted.asOf), mostPages);
  return { counted, state: rows === undefined ? undefined : begin(counted, rows) };
}

/** Whether the day before shows that the log can be relied on: as many rows of each kind as are counted, and not none. */
export async function askProof(log: AuditLog, asOf: number): Promise<boolean> {
  const day = dayBeside(asOf, -1);
  // A server whose clock is behind may still write into it.
  if (backTo(asOf) < dayOf(asOf)) return false;
  const { counts } = await log.counts(day, day);
  const rows = rowsOf(counts);
  if (rows === 0 || rows > mostProofRows) return false;
  const listed = await log.list({ from: day, to: day }, day, Math.ceil(rows / perPage) + 1);
  return listed !== undefined && isProvenBy(counts, listed);
}
