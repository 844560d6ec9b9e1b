import { checkedAgain, keyOfChange, resultWithout, stillAskedFor } from '../../converge/cache/ignored-changes.js';
import { type Remembered } from '../../converge/cache/observation-cache.js';
import { type OrganizationResult } from '../../converge/index.js';
import { type EventInput, regarding } from '../../kube/index.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/** Looks into Quay without writing, past what is remembered. */
type Look = () => Promise<OrganizationResult>;

/**
 * The result without what Quay ignores. A change that was made before and is needed again may have been undone by somebody, or
 * never been made: a look right after the write tells.
 */
export async function withoutWhatQuayIgnores(
  remembered: Remembered,
  result: OrganizationResult,
  look: Look,
): Promise<OrganizationResult> {
  const { plan, done } = result;
  if (plan === undefined) return result;
  const known = stillAskedFor(remembered.ignored, plan);
  const suspects = done.filter((planned) => {
    const key = keyOfChange(planned);
    return remembered.written.has(key) || known.has(key);
  });
  if (done.length > 0) remembered.written = new Set(done.map(keyOfChange));
  remembered.ignored = known;
  if (suspects.length === 0) return result;
  remembered.observation = undefined;
  const { plan: next } = await look();
  // Without a plan nothing was seen.
  if (next === undefined) return result;
  const now = performance.now();
  remembered.ignored = checkedAgain({ known, suspects, needed: next.changes, now });
  return resultWithout(result, remembered.ignored);
}

/** Records once what Quay ignores; `before` is what was known of that. */
export function recordIgnored(
  recordEvent: (event: EventInput) => void,
  live: LiveOrganization,
  { ignored }: Remembered,
  before: Remembered['ignored'],
): void {
  for (const [key, { words }] of ignored) {
    if (before.has(key)) continue;
    recordEvent({
      regarding: regarding(live),
      type: 'Warning',
      reason: 'QuayIgnored',
      action: 'Converge',
      note: `Quay answers that it did so, and does not: ${words}; this is tried again in an hour, then more and more rarely`,
    });
  }
}
