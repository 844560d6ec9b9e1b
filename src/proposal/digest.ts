import { createHash } from 'node:crypto';

/** What a change makes of each path: the id of its new content, or undefined for a file that goes. */
export type Entries = ReadonlyMap<string, string | undefined>;

/** A short id for what a change brings, whatever it is compared with: it stays the same when the branch below it moves. */
export function changeDigest(entries: Entries): string {
  const lines = [...entries].map(([path, id]) => `${path}\0${id ?? '-'}\n`).sort();
  return shortHash(lines.join(''));
}

/** 16 hexadecimal digits for a text. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
