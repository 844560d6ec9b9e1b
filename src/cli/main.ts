import { Command, CommanderError } from 'commander';
import metadata from '../../package.json' with { type: 'json' };
import { environmentVariables } from '../process/configuration.js';
import { applyCommand } from './apply.js';
import { certsCommand } from './certs.js';
import { completionCommand } from './completion.js';
import { demoCommand } from './demo.js';
import { diffCommand } from './diff.js';
import { doctorCommand } from './doctor.js';
import { exportCommand } from './export.js';
import { helpAlike } from './help.js';
import { ownershipCommand } from './ownership.js';
import { planCommand } from './plan.js';
import { proposeCommand } from './propose.js';
import { registryCommand } from './registry.js';
import { releaseCommand } from './release.js';
import { renderCommand } from './render.js';
import { printErrorAsJson, reportError } from './report-error.js';
import { runCommand } from './run.js';
import { simulateCommand } from './simulate.js';
import { webhookCommand } from './webhook.js';

const variables = Object.entries(environmentVariables).map(([name, meaning]) => `  ${name.padEnd(31)}${meaning}`);

/** These commands have something to finish when they are interrupted. */
const endThemselves: ReadonlySet<string> = new Set(['apply', 'demo', 'run', 'simulate', 'webhook']);

/** Ends by the front door, so that what must not stay behind is removed. */
function endOnSignal(): void {
  process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
}

/** Has commander throw where it would end the process, which would lose what is not written yet and why it cannot be. */
function withoutExit(command: Command): Command {
  command.exitOverride().commands.forEach(withoutExit);
  return command;
}

/** The whole command line; nothing heavy is loaded before a command runs. */
export function quayside(): Command {
  const program = new Command('quayside')
    .description('Makes Quay the image registry of a cluster, the GitOps way: cluster → Git → Quay.')
    .version(metadata.version, '-V, --version', 'print the version')
    .addCommand(renderCommand())
    .addCommand(planCommand())
    .addCommand(diffCommand())
    .addCommand(proposeCommand())
    .addCommand(applyCommand())
    .addCommand(exportCommand())
    .addCommand(doctorCommand())
    .addCommand(runCommand())
    .addCommand(webhookCommand())
    .addCommand(certsCommand())
    .addCommand(ownershipCommand())
    .addCommand(registryCommand())
    .addCommand(releaseCommand())
    .addCommand(simulateCommand())
    .addCommand(demoCommand())
    .addCommand(completionCommand(quayside))
    .hook('preAction', (_, command) => {
      if (!endThemselves.has(command.name())) endOnSignal();
    })
    .addHelpText(
      'after',
      [
        '',
        'Environment:',
        ...variables,
        '',
        'Exit codes:',
        '  0  nothing is left to do',
        '  1  an error',
        '  2  changes are pending (plan, diff, render --check, registry plan and diff, --dry-run),',
        '     or a proposal waits for people (plan, propose, apply)',
      ].join('\n'),
    );
  return helpAlike(program);
}

/** By the words themselves: options that are wrong are not parsed. */
function wantsJson(words: readonly string[]): boolean {
  return words.some(
    (word, at) => /^(?:-o=?|--output=)json$/.test(word) || (/^(?:-o|--output)$/.test(word) && words[at + 1] === 'json'),
  );
}

// Whoever reads only the first lines has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  reportError(error);
  process.exit(1);
});
// Work does not stop because nobody can be told of it.
process.stderr.on('error', () => undefined);

try {
  await withoutExit(quayside()).parseAsync();
} catch (error) {
  // What it is about has been written by then.
  const isWritten = error instanceof CommanderError;
  process.exitCode = isWritten ? error.exitCode : 1;
  if (!isWritten) reportError(error);
  if (process.exitCode !== 0 && wantsJson(process.argv)) printErrorAsJson(error);
}
