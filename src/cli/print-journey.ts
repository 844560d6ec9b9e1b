import { type Journey } from '../app/travel.js';
import { tellProblems } from './tell.js';

export interface PrintOptions {
  readonly output: 'text' | 'json';
  readonly dryRun: boolean;
}

/** Prints what became of the way from the cluster to Quay, and sets the exit code. */
export async function printJourney(journey: Journey, options: PrintOptions): Promise<void> {
  process.stdout.write(
    options.output === 'json'
      ? `${JSON.stringify(asJson(journey), null, 2)}\n`
      : `${await asText(journey, options.dryRun)}\n`,
  );
  await tellProblems(journey);
  const { stopped, totals, organizations } = journey.changeSet;
  if (stopped !== undefined)
    process.stderr.write(
      `error (${stopped.code}): ${stopped.message}\n${stopped.hint === undefined ? '' : `  ${stopped.hint}\n`}`,
    );
  const refused = organizations.some(({ verdict, reason }) => verdict === 'Refused' && reason !== 'NamespaceGone');
  const failed =
    stopped !== undefined ||
    refused ||
    totals.failed + totals.unknown > 0 ||
    (!options.dryRun && totals.notDone > 0 && totals.done > 0);
  if (failed) process.exitCode = 1;
  else if (options.dryRun && isPending(journey)) process.exitCode ??= 2;
}

function isPending({ git, changeSet }: Journey): boolean {
  return (
    changeSet.totals.planned > 0 ||
    (git !== undefined && git.added.length + git.changed.length + git.removed.length > 0)
  );
}

/** The same facts without the bodies of files: they are what `render` and `diff` print. */
function asJson({ git, diverged, ...rest }: Journey): object {
  const { added, changed, removed, commit, base, pushed, planId } = git ?? {};
  return {
    ...rest,
    ...(git && { git: { added, changed, removed, base, commit, pushed, planId } }),
    ...(diverged && { diverged: { code: diverged.code, message: diverged.message, hint: diverged.hint } }),
  };
}

async function asText(journey: Journey, dryRun: boolean): Promise<string> {
  const words = await import('../app/words.js');
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
