import { Argument, Command } from 'commander';
import { completionScript, shells, type Shell } from './completion-script.js';
import { example } from './options.js';

/** `quayside completion SHELL`: prints the completion for a shell, made from the commands themselves. */
export function completionCommand(program: () => Command): Command {
  const command = new Command('completion')
    .summary('print shell completion')
    .description('Prints a completion script for a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices([...shells]))
    .action((shell: Shell) => {
      process.stdout.write(completionScript(shell, program()));
    });
  return example(command, 'source <(quayside completion bash)', 'quayside completion fish | source');
}
