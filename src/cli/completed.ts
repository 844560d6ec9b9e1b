import type { Command, Option } from 'commander';

/** What can stand behind an option, as far as a shell can know it: words, a file, a context of the kubeconfig; else nothing. */
export type Values = readonly string[] | 'files' | 'contexts' | 'nothing';

/** An option as a shell has to know it. */
export interface CompletedOption {
  /** Both spellings where there are two, the long one first. */
  readonly flags: readonly string[];
  readonly meaning: string;
  /** Absent: it takes no value. */
  readonly values?: Values;
}

/** A command as a shell has to know it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** Values of the argument, where they are known. */
  readonly words: readonly string[];
}

/** All commands of the program; a group of commands has their names as words, and the options of all of them. */
export function completedCommands(program: Command): readonly CompletedCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: optionsOf(command),
    words: [
      ...command.commands.map((one) => one.name()),
      ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    ],
  }));
}

function optionsOf(command: Command): readonly CompletedOption[] {
  const all = [command, ...command.commands].flatMap(({ options }) => options.map(completedOption));
  const byName = new Map(
    [...all, { flags: ['--help', '-h'], meaning: 'print help' }].map((one) => [one.flags[0], one]),
  );
  return [...byName.values()];
}

function completedOption(option: Option): CompletedOption {
  const { long, short, description: meaning, required, optional } = option;
  const flags = [long, short].filter((flag) => flag !== undefined);
  return required || optional ? { flags, meaning, values: valuesOf(option) } : { flags, meaning };
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** By what is named behind the option in its help: `<file>`, `<name|file>`, `<level>`. */
function valuesOf({ argChoices, flags, long }: Option): Values {
  if (argChoices !== undefined) return argChoices;
  const [, named = ''] = /[<[]([^>\]]+)/.exec(flags) ?? [];
  if (/file|folder|path|document/.test(named)) return 'files';
  if (long === '--context') return 'contexts';
  return named === 'level' ? levels : 'nothing';
}
