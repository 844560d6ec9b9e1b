import { Command, Option } from 'commander';
import { type ApplyStateOptions } from '../app/apply.js';
import {
  clusterOptions,
  example,
  integrationOptions,
  outputOption,
  quayOptions,
  text,
  wholeNumber,
} from './options.js';
import { printResult } from './print-result.js';
import { withProgress } from './progress.js';

interface PlanOptions extends Omit<ApplyStateOptions, 'dryRun' | 'documents'> {
  readonly output: 'text' | 'json' | 'markdown';
  readonly file?: readonly string[];
}

/** The options that `plan` and `apply` share. */
export function applyStateOptions(command: Command, formats: readonly string[]): Command {
  return outputOption(quayOptions(integrationOptions(clusterOptions(command))), formats)
    .option(
      '-f, --file <document...>',
      'take these QuayOrganization documents instead of those of the state repository',
    )
    .option(
      '--max-deletions <number>',
      'deletions allowed, for organizations and for repositories each',
      wholeNumber(0, 1_000_000),
      0,
    )
    .option(
      '--roles',
      'compare every role on every repository, with one more call per robot (default: of documents that are new or changed, and of those of -f)',
    )
    .option('--no-roles', 'do not compare roles on repositories')
    .addOption(
      new Option('--adoption <policy>', 'adopt existing organizations (default: as the integration says)').choices([
        'Predecessor',
        'Always',
        'Never',
      ]),
    )
    .option(
      '--ownership-key <file>',
      'private key to sign with (default: QUAYSIDE_OWNERSHIP_KEY, else the Secret)',
      text,
    )
    .option('--ownership-keys <file>', 'further public keys to check marks and records with', text)
    .option('--accept-ownership <hash>', 'agree that the listed organizations are ours; plan shows list and hash', text)
    .option('--accept-history', 'remove items although the branch no longer contains the last applied commit');
}

/** `quayside plan`: what an apply would do, in Git and in Quay. */
export function planCommand(): Command {
  const command = new Command('plan')
    .summary('show what apply would do in Git and in Quay')
    .description(
      'Shows what apply would do in Git and in Quay, and writes nothing. The same state gives the same bytes.\nExit code 0: nothing to do; 2: changes are pending; 1: an error.',
    );
  applyStateOptions(command, ['text', 'json', 'markdown']).action(plan);
  return example(
    command,
    'quayside plan --cluster cluster.yaml --integration integration.yaml',
    'quayside plan --cluster cluster.yaml --integration integration.yaml -o markdown > comment.md',
    'quayside plan -f organization.yaml --integration integration.yaml --cluster-uid UID -o json',
  );
}

async function plan({ file, output, ...options }: PlanOptions): Promise<void> {
  const { applyState } = await import('../app/apply.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const configuration = readConfiguration();
  const result = await withProgress('Reading Quay', configuration, (progress) =>
    applyState({ ...options, ...(file && { documents: file }), dryRun: true, progress }, configuration),
  );
  await printResult(result, { output, dryRun: true });
}
