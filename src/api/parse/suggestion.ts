import { closest, distance } from 'fastest-levenshtein';

/** The word that was probably meant; undefined when none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (words.length === 0 || word.length > 100) return undefined;
  const same = words.find((other) => other.toLowerCase() === word.toLowerCase());
  if (same !== undefined) return same;
  const best = closest(word.toLowerCase(), [...words]);
  return distance(word.toLowerCase(), best.toLowerCase()) <= Math.max(1, Math.floor(word.length / 3))
    ? best
    : undefined;
}

/** What to tell somebody who wrote a word that is not among the known ones. */
export function suggestion(word: string, words: readonly string[]): string | undefined {
  const best = nearest(word, words);
  if (best !== undefined) return `did you mean ${best}?`;
  return words.length === 0 ? undefined : `known here: ${words.join(', ')}`;
}
