import { oneLine } from './printable.js';

/**
 * Other people's words in Markdown, as code: there nobody is mentioned, no issue and no page is linked, and nothing is markup.
 * Backslashes would not do, since forges link what was rendered.
 */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  // Spaces at both ends are taken off again, and keep a backtick off the fence.
  const padding = line === '' || /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}
