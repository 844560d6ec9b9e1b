import { limits } from '../../limits/index.js';

/** The trace of an error says something to its end. */
const longestTrace = 8 * 1024;
const deepest = 8;

interface Bounds {
  readonly text: number;
  readonly trace: number;
  readonly entries: number;
}

// Each is tried when a line is still too long with the one before.
const bounds: readonly Bounds[] = [
  { text: limits.logField, trace: longestTrace, entries: 50 },
  { text: 128, trace: 1024, entries: 10 },
  { text: 64, trace: 64, entries: 5 },
];

/** Gives a line of JSON back with every long field cut, which says how long it was. */
export function boundLine(line: string): string {
  if (line.length <= limits.logField) return line;
  try {
    const fields: unknown = JSON.parse(line);
    let text = line;
    for (const bound of bounds) {
      text = `${JSON.stringify(cut(fields, bound))}\n`;
      if (text.length <= limits.logLine) break;
    }
    return text;
  } catch {
    return `${cutText(line.trimEnd(), limits.logField)}\n`;
  }
}

function cut(value: unknown, bound: Bounds, key = '', depth = 0): unknown {
  if (typeof value === 'string') return cutText(value, key === 'stack' ? bound.trace : bound.text);
  if (typeof value !== 'object' || value === null) return value;
  const size = Array.isArray(value) ? value.length : Object.keys(value).length;
  if (depth >= deepest) return `… (${size} entries)`;
  const kept = Object.entries(value)
    .slice(0, bound.entries)
    .map(([name, inner]): [string, unknown] => [cutText(name, bound.text), cut(inner, bound, name, depth + 1)]);
  const rest = size > bound.entries ? [`… (${size} entries)`] : [];
  return Array.isArray(value)
    ? [...kept.map(([, inner]) => inner), ...rest]
    : Object.fromEntries([...kept, ...rest.map((more) => ['…', more] as const)]);
}

/** The text, or its beginning and how long all of it is. */
function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  // Half a character is none.
  return `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}… (${text.length} characters)`;
}
