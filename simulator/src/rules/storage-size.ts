const sizeUnits = ['B', 'K', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

/** How a size is written: a whole number and a unit; `Ki` and `KiB` are binary, `K` and `KB` decimal. */
export const sizePattern = /^(\d+\s?(B|([KMGTPEZY]i?B?))?)$/;

/** The bytes of a size that fits the pattern. */
export function bytesOf(size: string): number {
  const [, digits = '0', unit = '', binary = ''] = /^(\d+)\s?([A-Z]?)(i?)B?$/.exec(size) ?? [];
  return Number(digits) * (binary === 'i' ? 1024 : 1000) ** Math.max(0, sizeUnits.indexOf(unit));
}

/** A number of bytes for people, in binary units with one digit behind the point. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < sizeUnits.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(1)} ${unit === 0 ? 'Byte' : `${sizeUnits[unit] ?? ''}iB`}`;
}
