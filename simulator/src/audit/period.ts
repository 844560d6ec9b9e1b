/** From a moment to just before another, in milliseconds since 1970. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

const day = 24 * 3600 * 1000;
const mostDays = 31;

/** The days that are asked for, each as MM/DD/YYYY; every other form counts as none: then it is a day back or ahead from now. */
export function periodOf(start: string | undefined, end: string | undefined, now: Date): Period {
  const [from, last] = [midnightOf(start), midnightOf(end)];
  return { from: from ?? now.getTime() - day, to: last === undefined ? now.getTime() + day : last + day };
}

/** The UTC midnight at which the day of a moment begins. */
export function dayOf(time: number): number {
  return Math.floor(time / day) * day;
}

/** Whether it ends before it begins, beyond the day that Quay lets pass. */
export function isBackwards({ from, to }: Period): boolean {
  return to < from;
}

/** Whether it is longer than counts are given for. */
export function isTooLong({ from, to }: Period): boolean {
  return to - from > mostDays * day;
}

function midnightOf(text: string | undefined): number | undefined {
  const [, month, date, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text ?? '') ?? [];
  if (month === undefined || date === undefined || year === undefined) return undefined;
  const found = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  const isOne = found.getUTCMonth() === Number(month) - 1 && found.getUTCDate() === Number(date);
  return isOne ? found.getTime() : undefined;
}
