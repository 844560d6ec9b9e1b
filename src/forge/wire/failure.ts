import { archivedRepository, type QuaysideError, RetryableError, TerminalError } from '../../errors/index.js';
import { firstLine } from '../../http/index.js';
import { limits } from '../../limits/index.js';
import type { Answer, Call } from './answer.js';
import { limited } from './limited.js';
import { wordsIn } from './words.js';

/** What an error says beside the answer. */
export interface Asked {
  readonly call: Pick<Call, 'method' | 'path'>;
  /** The host, for people. */
  readonly host: string;
  readonly secrets: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface Rule {
  readonly when: (answer: Answer, words: string) => boolean;
  readonly error: (said: string, answer: Answer, asked: Asked) => QuaysideError;
}

const isPage = ({ status, text, json }: Answer): boolean => status !== 204 && json === undefined && text.trim() !== '';

/** The one table from the answers of all forges to our reasons; the first that fits decides. */
const rules: readonly Rule[] = [
  {
    when: (answer, words) =>
      (answer.status >= 300 && answer.status < 400) || (answer.status === 405 && /moved projects/i.test(words)),
    error: (said, answer, asked) => moved(said, answer, asked),
  },
  {
    when: (answer) => limited(answer, 0) !== undefined,
    error: (said, answer, { now, host }) => {
      const seconds = limited(answer, now) ?? 0;
      const until = new Date(now + seconds * 1000).toISOString().replace(/\.\d+/, '');
      return new RetryableError('ForgeRateLimited', `${said}: it takes calls again at ${until}`, {
        hint: `Nothing is asked of ${host} before. What needs no forge goes on.`,
        retryAfter: seconds,
      });
    },
  },
  {
    when: ({ status }) => status >= 500,
    error: (said, _answer, { host }) =>
      new RetryableError('ForgeUnavailable', said, { hint: `${host} cannot serve at the moment; it is tried again.` }),
  },
  {
    when: ({ status }) => status === 401,
    error: (said) =>
      new TerminalError('ForgeAuthenticationFailed', said, {
        hint: 'The token may be wrong, expired or revoked: make a new one, and put it into the Secret of spec.git.forge.secretRef.',
      }),
  },
  {
    when: (answer) => answer.status < 300 && isPage(answer),
    error: (said) =>
      new TerminalError('ForgeAuthenticationFailed', `${said}: it answers with a page instead of data`, {
        hint: 'It may want people to sign in, or the address is not that of an API: check the token and spec.git.forge.url.',
      }),
  },
  {
    when: ({ status }, words) => status === 423 || archivedRepository.when.test(words),
    error: (said) => new TerminalError(archivedRepository.code, said, { hint: archivedRepository.hint }),
  },
  { when: ({ status }) => status === 403, error: permissionMissing },
  {
    when: ({ status }) => status === 404,
    error: (said) =>
      new TerminalError('ForgeRepositoryNotFound', `${said}: it is not there, or hidden from this token`, {
        hint: 'Check the address, and that the token or the GitHub App is given this repository.',
      }),
  },
];

/** The error for an answer that is not what was asked for. */
export function failureOf(answer: Answer, asked: Asked): QuaysideError {
  const words = wordsIn(answer.json, asked.secrets) || (isPage(answer) ? '' : plainWords(answer, asked.secrets));
  const { method, path } = asked.call;
  const [route = ''] = path.split('?');
  const said = `${method} ${route}: ${asked.host} answered ${answer.status}${words === '' ? '' : `: ${words}`}`;
  const rule = rules.find(({ when }) => when(answer, words));
  return rule?.error(said, answer, asked) ?? new TerminalError('ForgeRefused', said);
}

function plainWords({ text }: Answer, secrets: readonly string[]): string {
  return /^\s*</.test(text) ? '' : firstLine(text, secrets, limits.forgeWords);
}

function moved(said: string, { headers }: Answer, { call, secrets }: Asked): TerminalError {
  const place = placeIn(headers['location'] ?? '', secrets);
  return new TerminalError('ForgeMoved', `${said}: it has moved to ${place}`, {
    hint:
      call.method === 'GET'
        ? 'Write the new address into spec.git.url: a redirect is not followed with a token.'
        : 'The repository was renamed or moved: write its new address into spec.git.url.',
  });
}

/** Without what may be a secret behind it; Gitea tells no more than the path. */
function placeIn(location: string, secrets: readonly string[]): string {
  const target = URL.parse(location);
  const [path = ''] = location.split(/[?#]/);
  if (target === null && !path.startsWith('/')) return 'another place';
  return firstLine(target === null ? path : target.origin + target.pathname, secrets, 300);
}

/** Each forge names the missing right in another place. */
function permissionMissing(said: string, { headers, json }: Answer, { secrets }: Asked): TerminalError {
  const accepted = headers['x-accepted-github-permissions'];
  const scope: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'scope') : undefined;
  const sso = /url=(https:\/\/[^;\s]+)/.exec(headers['x-github-sso'] ?? '')?.[1];
  const [, required] =
    /required(?: scope\(s\))?[:=]\s{0,9}\[([^\]]{0,300})\]|required=\[([^\]]{0,300})\]/.exec(said) ?? [];
  const right = accepted ?? (typeof scope === 'string' ? `scope ${scope}` : undefined) ?? required;
  const hint =
    sso !== undefined
      ? `Authorise the token for the organization: ${firstLine(sso, secrets, 300)}`
      : right === undefined
        ? 'Give the token or its account the right to write contents, pull requests and commit statuses of this repository.'
        : `Give the token this right: ${firstLine(right, secrets, 200)}.`;
  return new TerminalError('ForgePermissionMissing', said, { hint });
}
