import { QuaysideError, RetryableError, TerminalError, toError } from '../errors/index.js';
import { gitErrorRules, type Rule } from './error-rules.js';
import { redact } from './run/redact.js';
import { wordsOf } from './words.js';
import { AnswerTooLong, GitFailure } from './run/run-git.js';

/** What an error of git is about. */
export interface Doing {
  /** The repository, for people. */
  readonly description: string;
  readonly secrets: readonly string[];
  readonly pushing?: boolean;
}

/** Any failure around git as an error of the family, with git's own words and without a secret. */
export function explainGitError(thrown: unknown, { description, secrets, pushing = false }: Doing): QuaysideError {
  if (thrown instanceof QuaysideError) return thrown;
  const error = toError(thrown);
  if (error instanceof AnswerTooLong) {
    return new TerminalError('GitAnswerTooLong', `${description}: ${error.message}`, {
      hint: 'Look for commits with very long messages or very many files, and start the branch anew without them.',
    });
  }
  const said = redact(error instanceof GitFailure ? `${error.stderr}\n${error.stdout}` : error.message, secrets);
  // Names of files and repositories are not git's words: a repository may be called `certificate problem`.
  const unquoted = said.replace(/(?<!\w)'[^'\n]*'/g, "''");
  const rule = gitErrorRules.find(({ when }) => when.test(unquoted));
  const words = wordsOf(said);
  const location = pushing && rule?.code === 'PermissionDenied' ? { ...rule, code: 'PushDenied' as const } : rule;
  return asError(location ?? unknownFailure, description, words);
}

const unknownFailure: Rule = {
  when: /^/,
  code: 'GitFailed',
  retry: true,
  message: (where) => `git failed on ${where}`,
};

function asError({ code, retry, message, hint }: Rule, description: string, words: string): QuaysideError {
  const text = [message(description), words].filter((part) => part !== '').join(': ');
  const details = hint === undefined ? {} : { hint };
  return retry === true ? new RetryableError(code, text, details) : new TerminalError(code, text, details);
}
