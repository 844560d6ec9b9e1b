import type { CommitMessage } from '../git/index.js';
import type { Difference } from './rendered.js';

/** What documents of one kind are called. */
export interface KindWords {
  readonly one: string;
  readonly many: string;
  /** What a file is called in the subject and the body; its path when absent. */
  readonly nameOf?: (path: string) => string;
}

/** What the commit is about, and the trailers that name the writer. */
export interface MessageOptions {
  /** Every file counts for the first kind that counts it; of one kind alone, `counts` may be absent. */
  readonly kinds: readonly (KindWords & { readonly counts?: (path: string) => boolean })[];
  readonly trailers: Readonly<Record<string, string>>;
}

const longestList = 50;

/** `Add 3 organizations, change 1`, or the name when there is only one; the names below it; then the trailers. */
export function commitMessage(difference: Difference, { kinds, trailers }: MessageOptions): CommitMessage {
  const changes = kinds.map((kind) => changesOf(difference, kind)).filter(({ groups }) => groups.length > 0);
  const names = changes.flatMap(({ groups }) => groups.flatMap((group) => group.names));
  const subject = changes.map(subjectOf).join('; ');
  return {
    subject: subject === '' ? 'Update the state' : capital(subject),
    ...(names.length > 1 ? { body: bodyOf(changes) } : {}),
    trailers: { ...trailers, 'Quayside-Plan': difference.planId },
  };
}

interface Group {
  readonly verb: string;
  readonly names: readonly string[];
}

/** What changes of one kind. */
interface Changes {
  readonly words: KindWords;
  readonly groups: readonly Group[];
}

function changesOf(
  { added, changed, removed }: Difference,
  { counts = () => true, ...words }: MessageOptions['kinds'][number],
): Changes {
  const { nameOf = (path: string) => path } = words;
  const groups = [
    { verb: 'add', names: added },
    { verb: 'change', names: changed },
    { verb: 'remove', names: removed },
  ];
  return {
    words,
    groups: groups
      .map(({ verb, names }) => ({ verb, names: names.filter(counts).map(nameOf) }))
      .filter(({ names }) => names.length > 0),
  };
}

function subjectOf({ groups, words: { one, many } }: Changes): string {
  const [first] = groups;
  const [name = ''] = first?.names ?? [];
  if (groups.length === 1 && first?.names.length === 1) return `${first.verb} ${one} ${name}`;
  const parts = groups.map(({ verb, names }, index) =>
    index === 0 ? `${verb} ${names.length} ${names.length === 1 ? one : many}` : `${verb} ${names.length}`,
  );
  return parts.join(', ');
}

function bodyOf(changes: readonly Changes[]): string {
  const isOne = changes.length === 1;
  return changes
    .flatMap(({ groups, words }) =>
      groups.map(({ verb, names }) => {
        const more = names.length > longestList ? [`… and ${names.length - longestList} more`] : [];
        const title = capital(isOne ? verb : `${verb} ${names.length === 1 ? words.one : words.many}`);
        return [`${title}:`, ...[...names.slice(0, longestList), ...more].map((name) => `  ${name}`)].join('\n');
      }),
    )
    .join('\n\n');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
