import { TerminalError } from '../errors/index.js';
import type { Head, StateReader } from '../git/index.js';

/** `HistoryDiverged` when the commit applied last is not in the history of the head; nothing may be removed then. */
export async function checkAncestry(
  repository: StateReader,
  head: Head | undefined,
  lastApplied: string | undefined,
): Promise<TerminalError | undefined> {
  if (lastApplied === undefined || lastApplied === head?.commit) return undefined;
  if (head !== undefined && (await repository.isAncestor(lastApplied, head.commit))) return undefined;
  const now = head === undefined ? 'has no commit any more' : `is at ${head.commit.slice(0, 12)}`;
  const message = `${repository.description} ${now}, and ${lastApplied.slice(0, 12)}, the last applied commit, is not in its history`;
  return new TerminalError('HistoryDiverged', message, {
    hint: 'Nothing is removed until a person has checked the branch and agreed.',
  });
}
