import { firstLine } from '../../http/index.js';
import { limits } from '../../limits/index.js';

/** The first line of Quay's words, cut to their limit, without the given values and without what looks like a credential. */
export function redact(text: string, secrets: readonly string[]): string {
  return firstLine(text, secrets, limits.quayWords);
}
