import { Command, Option } from 'commander';
import { type TravelOptions } from '../app/apply.js';
import { clusterOptions, example, integrationOptions, outputOption, quayOptions, wholeNumber } from './options.js';
import { printJourney } from './print-result.js';
import { withProgress } from './progress.js';

interface PlanOptions extends Omit<TravelOptions, 'dryRun' | 'documents'> {
  readonly output: 'text' | 'json' | 'markdown';
  readonly file?: readonly string[];
}

/** The options that `plan` and `apply` share. */
export function travelOptions(command: Command, formats: readonly string[]): Command {
  return outputOption(quayOptions(integrationOptions(clusterOptions(command))), formats)
    .option(
      '-f, --file <document...>',
      'take these QuayOrganization documents instead of those of the state repository',
    )
    .option(
      '--max-deletions <number>',
      'organizations, and apart from them repositories, that may be deleted',
      wholeNumber,
      0,
    )
    .option(
      '--roles',
      'see every role on a repository that somebody changed, with one more call per robot (default: of documents that are new or changed, and of those of -f)',
    )
    .option('--no-roles', 'read no role on a repository at all')
    .addOption(
      new Option(
        '--adoption <policy>',
        'take over organizations that exist already (default: as the integration says)',
      ).choices(['Predecessor', 'Always', 'Never']),
    )
    .option('--accept-history', 'remove things although the branch no longer holds the commit that was applied last');
}

/** `quayside plan`: what an apply would do, in Git and in Quay. */
export function planCommand(): Command {
  const command = new Command('plan')
    .summary('show what apply would do in Git and in Quay')
    .description(
      'Shows what apply would do in Git and in Quay, and writes nothing. The same state gives the same bytes.\nExit code 0: nothing to do; 2: changes are pending; 1: an error.',
    );
  travelOptions(command, ['text', 'json', 'markdown']).action(plan);
  return example(
    command,
    'quayside plan --cluster cluster.yaml --integration integration.yaml',
    'quayside plan --cluster cluster.yaml --integration integration.yaml -o markdown > comment.md',
    'quayside plan -f organization.yaml --integration integration.yaml --cluster-uid UID -o json',
  );
}

async function plan({ file, output, ...options }: PlanOptions): Promise<void> {
  const { travel } = await import('../app/apply.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const journey = await withProgress('Reading Quay', (progress) =>
    travel({ ...options, ...(file && { documents: file }), dryRun: true, progress }, readConfiguration()),
  );
  await printJourney(journey, { output, dryRun: true });
}
