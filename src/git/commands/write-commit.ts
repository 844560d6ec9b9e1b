import type { Author, Change, CommitMessage } from '../repository/repository.js';
import type { Git } from '../run/run-git.js';

/** A ref that exists at no time: the command needs a name to build the commit under, and drops it before it ends. */
const scratch = 'refs/quayside/scratch';

/** One command, whatever the size of the change: blobs, trees and the commit are written, no ref moves. */
export async function writeCommit(
  git: Git,
  base: string | undefined,
  change: Change,
  description: { readonly message: CommitMessage; readonly author: Author; readonly time: number },
): Promise<string> {
  const { message, author, time } = description;
  const person = `${plain(author.name)} <${plain(author.email)}> ${time} +0000`;
  const parts: (string | Buffer)[] = [
    `feature done\ncommit ${scratch}\nmark :1\nauthor ${person}\ncommitter ${person}\n`,
    ...data(messageText(message)),
    ...(base === undefined ? [] : [`from ${base}\n`]),
    ...change.deletes.map((path) => `D ${quoted(path)}\n`),
    ...[...change.writes].flatMap(([path, content]) => [`M 100644 inline ${quoted(path)}\n`, ...data(content)]),
    `\nget-mark :1\nreset ${scratch}\nfrom ${'0'.repeat(40)}\n\ndone\n`,
  ];
  const input = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const answer = await git.text(['fast-import', '--quiet'], { input });
  return answer.trim();
}

/** Subject, body and trailers in the form that git reads back. */
export function messageText({ subject, body = '', trailers = {} }: CommitMessage): string {
  const lines = Object.entries(trailers).map(([key, value]) => `${key.replace(/[^\w-]/g, '-')}: ${plain(value)}`);
  return [plain(subject), body.trim(), lines.join('\n')].filter((part) => part !== '').join('\n\n') + '\n';
}

function data(content: string): readonly (string | Buffer)[] {
  const bytes = Buffer.from(content);
  return [`data ${bytes.length}\n`, bytes, '\n'];
}

function quoted(path: string): string {
  return `"${path.replaceAll('"', '\\"')}"`;
}

// A line break or an angle bracket would end the line, or the name, early.
function plain(text: string): string {
  return text.replace(/[\p{Cc}\s<>]+/gu, ' ').trim();
}
