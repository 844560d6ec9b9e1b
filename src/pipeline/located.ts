import { InvalidInput } from '../errors/index.js';
import { firstFaults, type ParsedFile } from '../state/index.js';

/** Runs what holds the value of a file against a schema; the problems it throws get the line and column of their fields. */
export function located<T>(file: Pick<ParsedFile, 'locate'>, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const [{ source = '' } = {}] = error.problems;
    const problems = firstFaults(error.problems, source).map((problem) => ({
      ...problem,
      ...file.locate(problem.path),
    }));
    throw new InvalidInput(problems, error.code);
  }
}
