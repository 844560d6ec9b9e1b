import { limits } from '../limits/index.js';

// Hints for people at a prompt, traces, and what the message says already.
const noise =
  /^(?:hint:|To add an exception for this directory|git config --global --add safe\.directory|(?:Enumerating|Counting|Compressing|Writing|Receiving|Resolving|Unpacking|Updating) \w.*\d|Total \d|Delta compression|To |Everything up-to-date|Done$|at [^(]*\(.*\)$|Please make sure|and the repository exists|could not read (?:Username|Password)|repository '.*' not found$|@{5}|fast-import: dumping|[0-9a-f]{40}$|Could not read from remote repository)/;

/** The lines of git's answer that say something, on one line. */
export function wordsOf(said: string): string {
  const lines = said
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^(?:remote|fatal|error|warning):\s*|unable to access '[^']*':\s*/gi, '').trim())
    .filter((line) => /\p{L}/u.test(line) && !noise.test(line));
  const text = [...new Set(lines)].join('; ').replace(/\p{Cc}/gu, ' ');
  return text.length > limits.gitWords ? `${text.slice(0, limits.gitWords)}…` : text;
}
