import { randomUUID } from 'node:crypto';
import { type AnnotationFormat } from '../app/check/annotations.js';
import { type CheckResult } from '../app/check/check.js';
import { InvalidInput, type Problem, QuaysideError, toError } from '../errors/index.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { print } from './print.js';
import { printProblems } from './print-errors.js';

export interface RenderCheckOptions extends InputOptions {
  readonly output: 'yaml' | 'json';
  readonly annotations?: AnnotationFormat;
}

/** `quayside render --check`: what is wrong in a state repository, and what would become of it. */
export async function renderCheck({ output, annotations, ...options }: RenderCheckOptions): Promise<void> {
  const { checkState } = await import('../app/check/check.js');
  const { isPending } = await import('../app/check/describe-check.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const checking = checkState(options, readConfiguration());
  const result = await (annotations === undefined ? checking : checking.catch(printRefused(annotations)));
  if (result === undefined) return;
  if (annotations === undefined) {
    print(await described(result, output));
    await printProblems(result);
  } else await printAnnotated(result, annotations, output);
  process.exitCode = result.problems.length > 0 ? 1 : isPending(result) ? 2 : 0;
}

/** What ends a check is an annotation as well: on stderr other people's words could be commands of GitHub. */
function printRefused(format: AnnotationFormat): (error: unknown) => Promise<undefined> {
  return async (error) => {
    const { githubAnnotations, gitlabAnnotations } = await import('../app/check/annotations.js');
    const problems = error instanceof InvalidInput ? error.problems : [asProblem(error)];
    if (format === 'gitlab') {
      print(gitlabAnnotations(problems, 'cluster.yaml'));
      throw error;
    }
    print(githubAnnotations(problems));
    process.exitCode = 1;
    return undefined;
  };
}

function asProblem(error: unknown): Problem {
  const { message } = toError(error);
  if (!(error instanceof QuaysideError)) return { path: '', message };
  const { code, hint } = error;
  return { path: '', message: `${message} (${code})`, ...(hint !== undefined && { hint }) };
}

async function printAnnotated(
  result: CheckResult,
  format: AnnotationFormat,
  output: RenderCheckOptions['output'],
): Promise<void> {
  const { githubAnnotations, githubWarnings, gitlabAnnotations, withoutCommands } =
    await import('../app/check/annotations.js');
  if (format === 'github') {
    const text = withoutCommands(await described(result, output), randomUUID());
    print(text + githubWarnings(result.unknown) + githubAnnotations(result.problems));
    return;
  }
  // The report is the whole output, so that it can be written into a file.
  print(gitlabAnnotations(result.problems, `${result.folder}/cluster.yaml`));
  await printProblems(result);
}

async function described(result: CheckResult, output: RenderCheckOptions['output']): Promise<string> {
  const { describeCheck } = await import('../app/check/describe-check.js');
  return `${output === 'json' ? asJson(result) : describeCheck(result)}\n`;
}

function asJson({ change, ...rest }: CheckResult): string {
  const { added, changed, removed, kept } = change ?? {};
  return JSON.stringify({ ...rest, ...(change && { change: { added, changed, removed, kept } }) }, null, 2);
}
