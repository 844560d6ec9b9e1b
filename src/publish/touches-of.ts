import { mostTouches, type LogEntry, type StateReader, type Touch } from '../git/index.js';

export interface TouchesInput {
  readonly from: string;
  readonly paths: readonly string[];
  readonly isOurs: (commit: LogEntry) => boolean;
}

// Each question may walk the whole history.
const mostQuestions = 64;

/**
 * The commits that touch any of the paths, for each path the newest first and back to our last one. An answer that is
 * full was cut off: the paths that it shows no commit of ours for are asked about again, in halves where it shows none.
 */
export async function touchesOf(
  repository: Pick<StateReader, 'touches'>,
  { from, paths, isOurs }: TouchesInput,
): Promise<readonly Touch[]> {
  const touches: Touch[] = [];
  let open: readonly (readonly string[])[] = [paths];
  for (let question = 0; question < mostQuestions; question += 1) {
    const [group, ...others] = open;
    if (group === undefined) break;
    const answer = await repository.touches(from, group);
    touches.push(...answer);
    open = answer.length < mostTouches ? others : [...others, ...leftOf(group, answer.filter(isOurs))];
  }
  return touches;
}

function leftOf(group: readonly string[], ours: readonly Touch[]): readonly (readonly string[])[] {
  const found = new Set(ours.flatMap(({ files }) => [...files.keys()]));
  const left = group.filter((path) => !found.has(path));
  if (left.length < group.length) return left.length === 0 ? [] : [left];
  // So many commits to this one file, and none of ours: there is nothing of ours that somebody could have taken back.
  if (left.length === 1) return [];
  const half = Math.ceil(left.length / 2);
  return [left.slice(0, half), left.slice(half)];
}
