import { Command } from 'commander';
import { type InputOptions } from '../pipeline/input-options.js';
import { clusterOptions, example, integrationOptions, outputOption } from './options.js';
import { print } from './print.js';
import { printProblems } from './print-errors.js';

interface DiffOptions extends InputOptions {
  readonly output: 'text' | 'json';
}

/** `quayside diff`: how the files in the state repository would change. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .summary('show how the files in the state repository would change')
    .description(
      'Shows how the files in the state repository would change, as unified text. Does not call Quay, writes nothing.\nExit code 0: nothing would change; 2: something would; 1: an error.',
    );
  outputOption(integrationOptions(clusterOptions(command))).action(diff);
  return example(command, 'quayside diff --cluster cluster.yaml --integration integration.yaml');
}

async function diff(options: DiffOptions): Promise<void> {
  const app = await import('../app/diff.js');
  const { readConfiguration } = await import('../process/configuration.js');
  const { git, text, rendered } = await app.diff(options, readConfiguration());
  const { added, changed, removed } = git;
  const { problems, rendering } = rendered;
  const { unknown } = rendering;
  const asJson = { added, changed, removed, unknown, problems };
  print(options.output === 'json' ? `${JSON.stringify(asJson, null, 2)}\n` : text);
  await printProblems({ problems, unknown });
  if (text !== '') process.exitCode ??= 2;
}
