import type { CommitMessage } from '../git/index.js';
import type { Proposal } from './rendered.js';

/** What the commit is about: a word for one and for many, and the trailers that name the writer. */
export interface MessageOptions {
  readonly one: string;
  readonly many: string;
  /** The files to count; all when absent. */
  readonly counts?: (path: string) => boolean;
  /** What a file is called in the subject and the body; its path when absent. */
  readonly nameOf?: (path: string) => string;
  readonly trailers: Readonly<Record<string, string>>;
}

const longestList = 50;

/** `Add 3 organizations, change 1`, or the name when there is only one; the names below it; then the trailers. */
export function commitMessage(proposal: Proposal, options: MessageOptions): CommitMessage {
  const { counts = () => true, nameOf = (path: string) => path } = options;
  const groups = [
    { verb: 'add', names: proposal.added },
    { verb: 'change', names: proposal.changed },
    { verb: 'remove', names: proposal.removed },
  ]
    .map(({ verb, names }) => ({ verb, names: names.filter(counts).map(nameOf) }))
    .filter(({ names }) => names.length > 0);
  return {
    subject: subjectOf(groups, options),
    ...(groups.flatMap(({ names }) => names).length > 1 ? { body: bodyOf(groups) } : {}),
    trailers: { ...options.trailers, 'Quayside-Plan': proposal.planId },
  };
}

interface Group {
  readonly verb: string;
  readonly names: readonly string[];
}

function subjectOf(groups: readonly Group[], { one, many }: MessageOptions): string {
  const [first] = groups;
  if (first === undefined) return 'Update the state';
  const [name = ''] = first.names;
  if (groups.length === 1 && first.names.length === 1) return capital(`${first.verb} ${one} ${name}`);
  const parts = groups.map(({ verb, names }, index) =>
    index === 0 ? `${verb} ${names.length} ${names.length === 1 ? one : many}` : `${verb} ${names.length}`,
  );
  return capital(parts.join(', '));
}

function bodyOf(groups: readonly Group[]): string {
  return groups
    .map(({ verb, names }) => {
      const more = names.length > longestList ? [`… and ${names.length - longestList} more`] : [];
      return [`${capital(verb)}:`, ...[...names.slice(0, longestList), ...more].map((name) => `  ${name}`)].join('\n');
    })
    .join('\n\n');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
