import { type OrganizationResult } from '../../converge/index.js';
import { type Notice } from '../../kube/index.js';
import { regarding } from '../../sync/regarding.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/** Tells in Events what was done in an organization that somebody may want to know. */
export function organizationNotices(
  notice: (notice: Notice) => void,
  live: LiveOrganization,
  { verdict, message, done, failed, reason }: OrganizationResult,
  drift: readonly string[],
): void {
  const tell = (type: Notice['type'], word: string, note: string): void =>
    notice({ regarding: regarding(live), type, reason: word, action: 'Converge', note });
  if (verdict === 'Create' && done.length > 0) tell('Normal', 'Created', `made organization ${live.organization}`);
  if (verdict === 'TakeOver')
    tell('Normal', 'TakenOver', `took organization ${live.organization} over: ${message ?? ''}`);
  if (verdict === 'Refused' && reason !== 'NamespaceGone') tell('Warning', reason ?? 'Refused', message ?? '');
  if (drift.length > 0) tell('Warning', 'DriftHealed', `somebody had changed it in Quay: ${drift.join('; ')}`);
  for (const { change, failure } of failed.slice(0, 3)) {
    tell('Warning', failure.code, `could not ${change.words}: ${failure.message}`);
  }
}

/** Tells that an organization goes on for a namespace that is not the one it was made for. */
export function tellOfAnotherNamespace(notice: (notice: Notice) => void, live: LiveOrganization): void {
  notice({
    regarding: regarding(live),
    type: 'Normal',
    reason: 'NamespaceMadeAgain',
    action: 'Converge',
    note: `namespace ${live.namespace ?? ''} was deleted and made again; it keeps organization ${live.organization} with what is in it`,
  });
}
