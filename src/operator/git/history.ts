import { acceptHistoryAnnotation, type QuayIntegration } from '../../api/index.js';
import { checkStateHistory } from '../../pipeline/check-history.js';
import { type Head, type StateRepository } from '../../git/index.js';
import { statePaths } from '../../names/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';

/** What is wrong with the history of the branch, unless a person has agreed to it. */
export async function historyOf(
  { id, integration }: KnownIntegration,
  repository: StateRepository,
  head: Head | undefined,
  last: string | undefined,
): Promise<string | undefined> {
  if (isAccepted(integration, head)) return undefined;
  const diverged = await checkStateHistory(repository, head, last, statePaths(id, integration.spec.git.path));
  return diverged && `${diverged.message}. ${howToAccept(head)}`;
}

function isAccepted({ metadata }: QuayIntegration, head: Head | undefined): boolean {
  const accepted = metadata.annotations?.[acceptHistoryAnnotation];
  if (accepted === undefined) return false;
  return accepted === 'true' || (accepted.length >= 7 && head?.commit.startsWith(accepted) === true);
}

function howToAccept(head: Head | undefined): string {
  const value = head === undefined ? 'true' : head.commit.slice(0, 12);
  return `To agree, set the annotation ${acceptHistoryAnnotation} of the integration to ${value}`;
}
