import { formatProblem, type Problem, type Reason } from '../../errors/index.js';
import { namespaceOfFile, type StatePaths } from '../../names/index.js';

/** Characters; the annotation is for a condition. */
const longest = 1_000;

/**
 * What is wrong with what the state repository and the cluster say of one namespace, with its reason in front, as its object
 * is to tell it. Image streams that are left out have a condition of their own. Pure.
 */
export function faultsOfNamespace(
  problems: readonly Problem[],
  { overlays, organizations }: Pick<StatePaths, 'overlays' | 'organizations'>,
  namespace: string,
): string | undefined {
  const concerns = ({ source = '', ...problem }: Problem): boolean =>
    problem.namespace === namespace ||
    [overlays, organizations].some((folder) => namespaceOfFile(folder, source) === namespace);
  const faults = problems.filter((problem) => concerns(problem) && problem.path !== 'imagestreams');
  const [first] = faults;
  if (first === undefined) return undefined;
  const text = `${reasonOf(first)}: ${faults.map(formatProblem).join('; ')}`;
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function reasonOf(problem: Problem & { readonly reason?: Reason }): Reason {
  return problem.reason ?? 'StateInvalid';
}
