import { formatProblem, InvalidInput, type Problem } from '../../errors/index.js';
import { type Head } from '../../git/index.js';
import { parseYaml } from '../../state/index.js';

/** Every problem once, with its place in the file where it can be found, in the order of files and lines. */
export async function placeProblems(head: Head | undefined, problems: readonly Problem[]): Promise<readonly Problem[]> {
  const once = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  const placed = await Promise.all([...once.values()].map((problem) => placedIn(head, problem)));
  return [...new Map(placed.map((problem) => [formatProblem(problem), problem])).values()].sort(inOrder);
}

async function placedIn(head: Head | undefined, problem: Problem): Promise<Problem> {
  const { source, line, path } = problem;
  if (source === undefined || line !== undefined) return problem;
  const content = (await head?.readBytes([source]))?.get(source);
  try {
    return content === undefined ? problem : { ...problem, ...parseYaml(content, source).locate(path) };
  } catch (error) {
    // Why it cannot be parsed is told with a place of its own.
    if (error instanceof InvalidInput) return problem;
    throw error;
  }
}

function inOrder(a: Problem, b: Problem): number {
  const [one, other] = [a.source ?? '', b.source ?? ''];
  if (one !== other) return one < other ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
