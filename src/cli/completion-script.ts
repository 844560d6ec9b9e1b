import type { Command } from 'commander';
import { type CompletedCommand, completedCommands, type CompletedOption, type Values } from './completed.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const names = (commands: readonly CompletedCommand[]): string => quoted(commands.map(({ name }) => name).join(' '));

/** kubectl reads the kubeconfig faster than Node starts. */
const contexts = 'kubectl config get-contexts -o name 2>/dev/null || oc config get-contexts -o name 2>/dev/null';

/** The lines of a `case` over command and the word before: what can stand behind an option, else words and options. */
function cases(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap(({ name, options, words }) => [
      ...options.flatMap((option) => behindOption(name, option)),
      `    ${quoted(`${name} `)}*) options=${quoted(options.map(({ flags }) => flags[0]).join(' '))}; ${
        words.length === 0 ? 'files=yes' : `found=${quoted(words.join(' '))}`
      } ;;`,
    ])
    .join('\n');
}

function behindOption(command: string, { flags, values }: CompletedOption): readonly string[] {
  if (values === undefined) return [];
  return [`    ${flags.map((flag) => quoted(`${command} ${flag}`)).join('|')}) ${assignment(values)}: ;;`];
}

function assignment(values: Values): string {
  if (values === 'files') return 'files=yes; ';
  if (values === 'contexts') return `found="$(${contexts})"; `;
  return values === 'nothing' ? '' : `found=${quoted(values.join(' '))}; `;
}

function bash(commands: readonly CompletedCommand[]): string {
  return `_quayside() {
  local found='' options='' files='' word="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD - 1]}" in
${cases(commands)}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then found=${names(commands)} options='--help --version' files=''; fi
  if [[ "$word" == -* ]]; then found="$options" files=''; fi
  if [ -n "$files" ]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$word"))
  else
    COMPREPLY=($(compgen -W "$found" -- "$word"))
  fi
}
complete -F _quayside quayside
`;
}

function zsh(commands: readonly CompletedCommand[]): string {
  return `#compdef quayside
_quayside() {
  local found='' options='' files=''
  case "\${words[2]} \${words[CURRENT - 1]}" in
${cases(commands)}
  esac
  if (( CURRENT == 2 )); then found=${names(commands)} options='--help --version' files=''; fi
  if [[ "\${words[CURRENT]}" == -* ]]; then found="$options" files=''; fi
  if [[ -n "$files" ]]; then _files; else compadd -- \${=found}; fi
}
compdef _quayside quayside
`;
}

function fish(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap(({ name, summary, options, words }) => {
      const here = `complete -c quayside -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
      return [
        `complete -c quayside -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
        ...(words.length === 0 ? [] : [`${here} -f -a ${quoted(words.join(' '))}`]),
        ...options.map(({ flags, meaning, values }) => {
          const spelt = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
          return `${here} ${spelt.join(' ')}${fishValues(values)} -d ${quoted(meaning)}`;
        }),
      ];
    })
    .map((line) => `${line}\n`)
    .join('');
}

function fishValues(values: Values | undefined): string {
  if (values === undefined) return '';
  if (values === 'files') return ' -r -F';
  if (values === 'contexts') return ` -x -a ${quoted(`(${contexts})`)}`;
  return values === 'nothing' ? ' -x' : ` -x -a ${quoted(values.join(' '))}`;
}

/** The script that teaches a shell the commands, the options and their values. */
export function completionScript(shell: Shell, program: Command): string {
  return { bash, zsh, fish }[shell](completedCommands(program));
}
