import type { Reason } from '../api/index.js';
import type { Skipped } from './context.js';

const reasons: ReadonlySet<Reason> = new Set([
  'SecretNotAllowed',
  'FeatureDisabled',
  'NameReserved',
  'QuayRefused',
  'QuayIgnored',
]);

/** Whether something declared will not be in Quay before somebody has changed the document or Quay. */
export function isLacking({ reason }: Pick<Skipped, 'reason'>): boolean {
  return reasons.has(reason);
}
