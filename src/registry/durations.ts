const seconds: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 };

/** The seconds of a duration of Quay's (`2w`, `30m`); undefined when it is none. */
export function durationSeconds(text: string): number | undefined {
  const [, count, unit] = /^(\d+)([wdhms])$/.exec(text) ?? [];
  const each = seconds[unit ?? ''];
  return each === undefined ? undefined : Number(count) * each;
}
