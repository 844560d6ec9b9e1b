import { type Problem } from '../errors/index.js';
import { limits } from '../limits/index.js';

/** The first faults of a file, and how many more there are: a page of them is enough to begin with. */
export function firstFaults<P extends Problem>(problems: readonly P[], source: string): readonly (P | Problem)[] {
  if (problems.length <= limits.yamlFaults) return problems;
  return [
    ...problems.slice(0, limits.yamlFaults),
    { path: '', source, message: `and ${problems.length - limits.yamlFaults} more faults` },
  ];
}
