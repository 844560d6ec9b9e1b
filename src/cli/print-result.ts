import { type Journey } from '../app/apply.js';
import { type QuaysideError } from '../errors/index.js';
import { tellFailure, tellProblems, tellRefusedSecrets, tellUnfinished } from './print-errors.js';

export interface PrintOptions {
  readonly output: 'text' | 'json' | 'markdown';
  readonly dryRun: boolean;
}

const exitCodes = { failed: 1, pending: 2, clean: 0 } as const;

/** Prints what became of the way from the cluster to Quay, and sets the exit code. */
export async function printJourney(journey: Journey, { output, dryRun }: PrintOptions): Promise<void> {
  const text = await formatted(journey, output, dryRun);
  process.stdout.write(`${text}\n`);
  await tellProblems(journey);
  if (journey.changeSet.stopped !== undefined) tellFailure(journey.changeSet.stopped);
  if (journey.unrecorded !== undefined) tellFailure(journey.unrecorded);
  tellRefusedSecrets(journey.changeSet);
  tellUnfinished(journey, dryRun);
  const { outcomeOf } = await import('../app/outcome.js');
  process.exitCode = exitCodes[outcomeOf(journey, dryRun)];
}

async function formatted(journey: Journey, output: PrintOptions['output'], dryRun: boolean): Promise<string> {
  if (output === 'json') return JSON.stringify(asJson(journey), null, 2);
  if (output === 'text') return asText(journey, dryRun);
  const { describeInMarkdown } = await import('../app/describe.js');
  return describeInMarkdown(journey);
}

/** The same facts without the bodies of files: they are what `render` and `diff` print. */
function asJson({ git, diverged, unrecorded, ...rest }: Journey): object {
  const { added, changed, removed, kept, commit, base, pushed, planId } = git ?? {};
  return {
    ...rest,
    ...(git && { git: { added, changed, removed, kept, base, commit, pushed, planId } }),
    ...(diverged && { diverged: plain(diverged) }),
    ...(unrecorded && { unrecorded: plain(unrecorded) }),
  };
}

function plain({ code, message, hint }: QuaysideError): object {
  return { code, message, hint };
}

async function asText(journey: Journey, dryRun: boolean): Promise<string> {
  const words = await import('../app/describe.js');
  const parts = [
    [
      `Cluster: ${journey.cluster}`,
      `State:   ${journey.state}`,
      `Quay:    ${journey.quay} (integration ${journey.integration})`,
    ].join('\n'),
    ...(journey.leftOut.length === 0 ? [] : [words.describeLeftOut(journey.leftOut)]),
    ...(journey.git === undefined ? [] : [words.describeGit(journey.git)]),
    words.describeChangeSet(journey.changeSet),
    words.summarizeJourney(journey, dryRun),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
