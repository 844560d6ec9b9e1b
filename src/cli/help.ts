import { type Command, Help, Option } from 'commander';

const help = new Help();

/** What is said of an option: that it is off, or lists nothing, unless it is given needs no words. */
function meaningOf(option: Option): string {
  const { flags, description, envVar } = option;
  const defaultValue: unknown = option.defaultValue;
  const isNothing = defaultValue === false || (Array.isArray(defaultValue) && defaultValue.length === 0);
  if (!isNothing) return help.optionDescription(option);
  const bare = new Option(flags, description);
  return help.optionDescription(envVar === undefined ? bare : bare.env(envVar));
}

/** Has a command, and all below it, print help in the same way, and name it after a wrong option. */
export function helpAlike(command: Command): Command {
  command
    .helpOption('-h, --help', 'print help')
    .configureHelp({ optionDescription: meaningOf })
    .showHelpAfterError('Run with --help for usage.');
  if (command.commands.length > 0) command.helpCommand('help [command]', 'print the help of a command');
  command.commands.forEach(helpAlike);
  return command;
}
