import { limits } from '../limits/index.js';
import { oneLine } from '../text/index.js';

/** A warning as Kubernetes takes it: one line of at most 256 characters, of which none can steer a terminal. */
export function warning(text: string): string {
  const line = oneLine(text).trim();
  if (line.length <= limits.warningText) return line;
  return `${line.slice(0, limits.warningText - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** What somebody wrote, in quotes, and no longer than is good for a message. */
export function quoted(text: string, most = 60): string {
  return `"${text.length <= most ? text : `${text.slice(0, most - 1)}…`}"`;
}
