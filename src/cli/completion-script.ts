import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

interface Word {
  readonly word: string;
  readonly meaning: string;
}

interface CommandWords extends Word {
  readonly options: readonly Word[];
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function describeCommands(program: Command): readonly CommandWords[] {
  return program.commands.map((command) => ({
    word: command.name(),
    meaning: command.summary(),
    options: [
      ...command.options.flatMap((option) => {
        const values = option.argChoices?.map((choice) => ({
          word: `${option.long}=${choice}`,
          meaning: option.description,
        }));
        return [{ word: option.long ?? option.short ?? '', meaning: option.description }, ...(values ?? [])];
      }),
      ...command.registeredArguments.flatMap((argument) =>
        (argument.argChoices ?? []).map((choice) => ({ word: choice, meaning: argument.description })),
      ),
      { word: '--help', meaning: 'print help' },
    ],
  }));
}

function bash(commands: readonly CommandWords[]): string {
  const cases = commands.map(
    ({ word, options }) => `    ${word}) words=${quoted(options.map((option) => option.word).join(' '))} ;;`,
  );
  return `_quayside() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    *) words='' ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words=${quoted(commands.map(({ word }) => word).join(' '))}; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _quayside quayside
`;
}

function zsh(commands: readonly CommandWords[]): string {
  const describe = (words: readonly Word[]): string =>
    words.map(({ word, meaning }) => quoted(`${word.replaceAll(':', '\\:')}:${meaning}`)).join(' ');
  const cases = commands.map(({ word, options }) => `    ${word}) words=(${describe(options)}) ;;`);
  return `#compdef quayside
_quayside() {
  local -a words_here words
  if (( CURRENT == 2 )); then
    words=(${describe(commands)})
  else
    case "\${(Q)\${(z)BUFFER}[2]}" in
${cases.join('\n')}
    esac
  fi
  _describe quayside words || _files
}
compdef _quayside quayside
`;
}

function fish(commands: readonly CommandWords[]): string {
  const top = commands.map(
    ({ word, meaning }) => `complete -c quayside -n __fish_use_subcommand -f -a ${word} -d ${quoted(meaning)}`,
  );
  const rest = commands.flatMap(({ word, options }) =>
    options.map((option) => {
      const name =
        option.word.startsWith('--') && !option.word.includes('=')
          ? `-l ${option.word.slice(2)}`
          : `-a ${quoted(option.word)}`;
      return `complete -c quayside -n '__fish_seen_subcommand_from ${word}' ${name} -d ${quoted(option.meaning)}`;
    }),
  );
  return `${[...top, ...rest].join('\n')}\n`;
}

/** The script that teaches a shell the commands and options of a program. */
export function completionScript(shell: Shell, program: Command): string {
  return { bash, zsh, fish }[shell](describeCommands(program));
}
