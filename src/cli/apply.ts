import { Command } from 'commander';
import { type ApplyStateOptions } from '../app/apply.js';
import { example } from './options.js';
import { applyStateOptions } from './plan.js';
import { tell } from './print.js';
import { printResult } from './print-result.js';
import { withProgress } from './progress.js';

interface ApplyOptions extends Omit<ApplyStateOptions, 'documents'> {
  readonly output: 'text' | 'json';
  readonly file?: readonly string[];
}

/** `quayside apply`: commits or proposes the documents, and applies to Quay what Git holds. */
export function applyCommand(): Command {
  const command = new Command('apply')
    .summary('commit or propose the documents and apply what Git holds to Quay')
    .description(
      [
        'Renders the cluster, commits the documents to the state repository or proposes them there, and applies to Quay what its branch holds. A failure is reported and does not stop the rest; run it again to finish. Pull secrets are written by the operator, not by this command.',
        'Exit code 0: all is done that may be done, and deletions that are held are listed; 2: a proposal waits for people, or a dry run found changes; 1: an error.',
      ].join('\n'),
    );
  applyStateOptions(command, ['text', 'json'])
    .option('--dry-run', 'stop before every write, as plan does', false)
    .action(apply);
  return example(command, 'quayside apply --cluster cluster.yaml --integration integration.yaml --max-deletions 2');
}

async function apply({ file, output, ...options }: ApplyOptions): Promise<void> {
  const { applyState } = await import('../app/apply.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const configuration = readConfiguration();
  const result = await withProgress('Applying', configuration, (progress) =>
    applyState({ ...options, ...(file && { documents: file }), progress, signal: interruption() }, configuration),
  );
  await printResult(result, { output, dryRun: options.dryRun });
}

/** Aborted by Ctrl-C or a request to end; the second time the process ends at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(code);
      tell('Stopping before the next change; interrupt again to stop at once.\n');
      controller.abort();
    });
  }
  return controller.signal;
}
