import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A command as a shell has to know it. */
interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly { readonly long: string; readonly meaning: string; readonly choices: readonly string[] }[];
  /** Values of the argument, where they are known. */
  readonly words: readonly string[];
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function completed(program: Command): readonly Completed[] {
  return program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: [
      ...command.options.map(({ long, description, argChoices }) => ({
        long: long ?? '',
        meaning: description,
        choices: argChoices ?? [],
      })),
      { long: '--help', meaning: 'print help', choices: [] },
    ],
    words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  }));
}

/** The lines of a `case` over command and the word before: the values of an option, else the options themselves. */
function cases(commands: readonly Completed[]): string {
  return commands
    .flatMap(({ name, options, words }) => [
      ...options
        .filter(({ choices }) => choices.length > 0)
        .map(({ long, choices }) => `    ${quoted(`${name} ${long}`)}) words=${quoted(choices.join(' '))} ;;`),
      `    ${quoted(`${name} `)}*) words=${quoted([...words, ...options.map(({ long }) => long)].join(' '))} ;;`,
    ])
    .join('\n');
}

const names = (commands: readonly Completed[]): string => quoted(commands.map(({ name }) => name).join(' '));

function bash(commands: readonly Completed[]): string {
  return `_quayside() {
  local words
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD - 1]}" in
${cases(commands)}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words=${names(commands)}; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _quayside quayside
`;
}

function zsh(commands: readonly Completed[]): string {
  return `#compdef quayside
_quayside() {
  local words_now=''
  case "\${words[2]} \${words[CURRENT - 1]}" in
${cases(commands).replaceAll(' words=', ' words_now=')}
  esac
  if (( CURRENT == 2 )); then words_now=${names(commands)}; fi
  compadd -- \${=words_now} || _files
}
compdef _quayside quayside
`;
}

function fish(commands: readonly Completed[]): string {
  return commands
    .flatMap(({ name, summary, options, words }) => {
      const here = `complete -c quayside -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
      return [
        `complete -c quayside -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
        ...(words.length === 0 ? [] : [`${here} -f -a ${quoted(words.join(' '))}`]),
        ...options.map(({ long, meaning, choices }) => {
          const values = choices.length === 0 ? '' : ` -x -a ${quoted(choices.join(' '))}`;
          return `${here} -l ${long.replace(/^--/, '')}${values} -d ${quoted(meaning)}`;
        }),
      ];
    })
    .map((line) => `${line}\n`)
    .join('');
}

/** The script that teaches a shell the commands, the options and their values. */
export function completionScript(shell: Shell, program: Command): string {
  return { bash, zsh, fish }[shell](completed(program));
}
