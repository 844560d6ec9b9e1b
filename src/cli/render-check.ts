import { randomUUID } from 'node:crypto';
import { type AnnotationFormat } from '../app/check/annotations.js';
import { type CheckResult } from '../app/check/check.js';
import { InvalidInput, QuaysideError } from '../errors/index.js';
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
  const result = await (annotations === 'github' ? checking.catch(printRefused) : checking);
  if (result === undefined) return;
  if (annotations === undefined) {
    print(await described(result, output));
    await printProblems(result);
  } else await printAnnotated(result, annotations, output);
  process.exitCode = result.problems.length > 0 ? 1 : isPending(result) ? 2 : 0;
}

/** What ends a check is an annotation as well: on stderr other people's words could be commands. */
async function printRefused(error: unknown): Promise<undefined> {
  if (!(error instanceof QuaysideError)) throw error;
  const { githubAnnotations } = await import('../app/check/annotations.js');
  const { code, message, hint } = error;
  const whole = { path: '', message: `${message} (${code})`, ...(hint !== undefined && { hint }) };
  print(githubAnnotations(error instanceof InvalidInput ? error.problems : [whole]));
  process.exitCode = 1;
  return undefined;
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
