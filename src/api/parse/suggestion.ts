import { distance } from 'fastest-levenshtein';

/** The word that was probably meant; undefined when none is near. Case does not count. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  // Three slips at most: in long words more would turn one word into its opposite.
  let slips = Math.min(3, Math.max(1, Math.floor(word.length / 3))) + 1;
  let best: string | undefined;
  for (const other of words) {
    const found = slipsBetween(word.toLowerCase(), other.toLowerCase());
    if (found >= slips) continue;
    [best, slips] = [other, found];
  }
  return best;
}

/** The distance of Levenshtein, but two neighbours that changed places are one slip and not two. */
function slipsBetween(word: string, other: string): number {
  const at = [...word].findIndex((letter, index) => letter !== other[index]);
  const swapped = word.slice(0, at) + word.slice(at + 1, at + 2) + word.slice(at, at + 1) + word.slice(at + 2);
  return at >= 0 && swapped === other ? 1 : distance(word, other);
}

/** The hint for a word that is not among the known ones. */
export function suggestion(word: string, words: readonly string[]): string | undefined {
  const best = nearest(word, words);
  if (best !== undefined) return `did you mean ${best}?`;
  return words.length === 0 ? undefined : `known here: ${words.join(', ')}`;
}
