import { type QuayOrganizationStatus } from '../../api/index.js';
import { type OrganizationResult } from '../../converge/index.js';
import { type EventInput, regarding } from '../../kube/index.js';
import { limitConditions } from '../status/limit-conditions.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/** Records Events for what was done in an organization. */
export function recordOrganizationEvents(
  recordEvent: (recordEvent: EventInput) => void,
  live: LiveOrganization,
  { decision, message, done, failed, reason }: OrganizationResult,
  drift: readonly string[],
): void {
  const record = (type: EventInput['type'], word: string, note: string): void =>
    recordEvent({ regarding: regarding(live), type, reason: word, action: 'Converge', note });
  if (decision === 'Create' && done.length > 0)
    record('Normal', 'Created', `created organization ${live.organization}`);
  if (decision === 'TakeOver')
    record('Normal', 'Adopted', `adopted organization ${live.organization}: ${message ?? ''}`);
  if (decision === 'Refused' && reason !== 'NamespaceGone') record('Warning', reason ?? 'Refused', message ?? '');
  if (drift.length > 0) record('Warning', 'DriftCorrected', `corrected drift in Quay: ${drift.join('; ')}`);
  for (const { change, failure } of failed.slice(0, 3)) {
    record('Warning', failure.code, `could not ${change.words}: ${failure.message}`);
  }
}

/** Records that not all that is declared is applied, when that was not so before, or for other reasons. */
export function recordLimits(
  recordEvent: (recordEvent: EventInput) => void,
  live: LiveOrganization,
  { conditions = [] }: QuayOrganizationStatus,
): void {
  for (const { type, reason, message } of limitConditions(live.annotations)) {
    if (conditions.some((before) => before.type === type && before.message === message)) continue;
    recordEvent({ regarding: regarding(live), type: 'Warning', reason, action: 'Render', note: message });
  }
}

/** Records that an organization continues for a recreated namespace. */
export function recordNamespaceReplaced(recordEvent: (recordEvent: EventInput) => void, live: LiveOrganization): void {
  recordEvent({
    regarding: regarding(live),
    type: 'Normal',
    reason: 'NamespaceRecreated',
    action: 'Converge',
    note: `namespace ${live.namespace ?? ''} was deleted and created again; it keeps organization ${live.organization} with its content`,
  });
}
