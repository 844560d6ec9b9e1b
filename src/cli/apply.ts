import { Command } from 'commander';
import { type TravelOptions } from '../app/apply.js';
import { example } from './options.js';
import { travelOptions } from './plan.js';
import { printJourney } from './print-result.js';
import { interruption } from './interruption.js';
import { withProgress } from './progress.js';

interface ApplyOptions extends Omit<TravelOptions, 'documents'> {
  readonly output: 'text' | 'json';
  readonly file?: readonly string[];
}

/** `quayside apply`: commits the documents and brings Quay in line with them. */
export function applyCommand(): Command {
  const command = new Command('apply')
    .summary('commit the documents and bring Quay in line with them')
    .description(
      [
        'Renders the cluster, commits the documents to the state repository, and brings Quay in line with them. What fails',
        'is reported and does not keep the rest from being done; running it again finishes the work. Pull secrets are the',
        "operator's: this command writes none.",
      ].join('\n'),
    );
  travelOptions(command, ['text', 'json'])
    .option('--dry-run', 'stop before every write, as plan does', false)
    .action(apply);
  return example(command, 'quayside apply --cluster cluster.yaml --integration integration.yaml --max-deletions 2');
}

async function apply({ file, output, ...options }: ApplyOptions): Promise<void> {
  const { travel } = await import('../app/apply.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const journey = await withProgress('Applying', (progress) =>
    travel({ ...options, ...(file && { documents: file }), progress, signal: interruption() }, readConfiguration()),
  );
  await printJourney(journey, { output, dryRun: options.dryRun });
}
