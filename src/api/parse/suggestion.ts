import { distance } from 'fastest-levenshtein';

/** The word that was probably meant; undefined when none is near. Case does not count. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  // Three slips at most: in long words more would turn one word into its opposite.
  let slips = Math.min(3, Math.max(1, Math.floor(word.length / 3))) + 1;
  let best: string | undefined;
  for (const other of words) {
    const found = distance(word.toLowerCase(), other.toLowerCase());
    if (found >= slips) continue;
    [best, slips] = [other, found];
  }
  return best;
}

/** What to tell somebody who wrote a word that is not among the known ones. */
export function suggestion(word: string, words: readonly string[]): string | undefined {
  const best = nearest(word, words);
  if (best !== undefined) return `did you mean ${best}?`;
  return words.length === 0 ? undefined : `known here: ${words.join(', ')}`;
}
