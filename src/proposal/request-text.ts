import { oneLine } from '../text/index.js';
import { shortHash } from './digest.js';
import { type Marker, markerLine } from './marker.js';

/** What a request has to say. */
export interface RequestContent {
  /** What it does, in a few words. */
  readonly subject: string;
  /** Something is lost for good. */
  readonly isDestructive: boolean;
  /** The plan as Markdown, for a number of characters. */
  readonly plan: (most: number) => string;
  /** What happened since the last time, and what stays out; a paragraph each, as Markdown. */
  readonly remarks: readonly string[];
}

/** Title and body, without the marker, and their hashes. */
export interface RequestWords {
  readonly title: string;
  readonly body: string;
  readonly hashes: { readonly title: string; readonly text: string };
}

/** Room for the marker. */
const reserve = 1_000;

const closing =
  'Merge it to apply it. Close it to refuse it: the same is not proposed again. To change it, add an overlay on the base branch; nothing is pushed over a commit that you add here.';

/** What a forge takes, and where it shows the whole change. */
export interface RequestLimits {
  readonly title: number;
  readonly body: number;
  readonly comparison?: string | undefined;
}

/** The words of a request, within the limits of its forge; a plan that does not fit ends with a link to the whole change. */
export function requestWords(
  { subject, isDestructive, plan, remarks }: RequestContent,
  limits: RequestLimits,
): RequestWords {
  const title = cutTitle(harmlessTitle(isDestructive ? `${subject} (destructive)` : subject), limits.title);
  const around = [...remarks, closing];
  const room = Math.max(0, limits.body - reserve - around.join('\n\n').length - 4);
  const body = [...remarks, ...planWithin(plan, room, limits.comparison), closing].map(withoutCommands).join('\n\n');
  return { title, body, hashes: { title: shortHash(title), text: shortHash(normal(body)) } };
}

function planWithin(plan: RequestContent['plan'], room: number, comparison: string | undefined): readonly string[] {
  const whole = plan(Number.MAX_SAFE_INTEGER).trim();
  if (whole.length <= room) return [whole];
  const link = comparison === undefined ? '' : `This is not all of it: see the [whole change](${comparison}).`;
  const cut = plan(Math.max(0, room - link.length - 2)).trim();
  return [cut, link].filter((part) => part !== '');
}

/** The whole body, the marker first: no cut loses it. */
export function bodyWith(marker: Marker, body: string): string {
  return `${markerLine(marker)}\n\n${body}\n`;
}

/** Forges keep a prefix that people set, and read one of ours as theirs. */
export function titleToWrite(current: string, title: string): string {
  const [prefix = ''] = /^(?:(?:draft|wip|\[wip\]|\[draft\]):?\s*)+/i.exec(current) ?? [];
  return `${prefix}${title}`;
}

function harmlessTitle(title: string): string {
  return oneLine(title)
    .replace(/^(?:draft|\[draft\]|wip|\[wip\])/i, 'Change: $&')
    .replace(/([@#!])(?=\w)/g, '$1\u200b');
}

function cutTitle(title: string, most: number): string {
  if (title.length <= most) return title;
  const cut = title.slice(0, most - 1);
  // Half of a character is none.
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** A line that begins with a slash is a command to GitLab, also in the middle of a text. */
function withoutCommands(text: string): string {
  const lines = text.replaceAll('\0', '').replace(/\r\n?/g, '\n').split('\n');
  return lines.map((line) => (line.trimStart().startsWith('/') ? line.replace('/', '\\/') : line)).join('\n');
}

/** Forges change blanks and line breaks in what they store. */
function normal(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
