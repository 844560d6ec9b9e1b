// Whatever cannot be seen, and moves, hides or turns what can: controls, directions, zero widths, tags, half characters, blanks
// that are letters.
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu;
const hiddenButBreaks = /[^\P{Cc}\t\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu;

/**
 * Text that may hold other people's words, on its way to a terminal, a log or a status: what cannot be seen is written as JSON
 * writes it, so that JSON stays the same. Lines stay lines.
 */
export function printable(text: string): string {
  return text.replace(hiddenButBreaks, escaped);
}

/** The same where a line break of somebody's could pass for a line of ours. */
export function oneLine(text: string): string {
  return text.replace(hidden, escaped);
}

/** The character as JSON has it: one above U+FFFF is two. */
function escaped(character: string): string {
  const short = shorts.get(character);
  if (short !== undefined) return short;
  return Array.from({ length: character.length }, (_, at) => {
    const code = character.charCodeAt(at).toString(16).padStart(4, '0');
    return `\\u${code}`;
  }).join('');
}

const shorts: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
