import PQueue from 'p-queue';
import { RetryableError } from '../../errors/index.js';
import { brokenBy, certificatesIn, exchange, type Exchange, openPool } from '../../http/index.js';
import { limits } from '../../limits/index.js';
import type { Proxy } from '../../proxy/index.js';
import { timeOf } from '../requests.js';
import type { Answer, Call, Send } from './answer.js';
import { jsonIn } from './answer.js';
import { failureOf } from './failure.js';
import { limited } from './limited.js';
import { noAnswer } from './no-answer.js';
import { rememberingTags } from './tags.js';
import type { ForgeToken } from './token.js';

/** One finished call, for metrics; status 0: no answer came. */
export interface ForgeCall {
  readonly method: Call['method'];
  readonly status: number;
  readonly milliseconds: number;
}

/** How to reach the API of a forge. */
export interface ForgeConnection {
  /** `https://host/api/v4`. */
  readonly api: string;
  /** Absent: nothing is shown to it. */
  readonly token?: ForgeToken;
  /** What stands before the token. @default Bearer */
  readonly scheme?: 'Bearer' | 'token';
  /** PEM certificates, trusted beside those of the system. */
  readonly ca?: string | undefined;
  readonly proxy?: Proxy | undefined;
  /** @default quayside */
  readonly userAgent?: string;
  readonly onCall?: ((call: ForgeCall) => void) | undefined;
  /** Milliseconds until there is an answer. @default 30,000 */
  readonly timeout?: number;
  /** Milliseconds since 1970; replaced in tests. */
  readonly now?: () => number;
}

/** Asks one forge, one call after the other. */
export interface Client {
  readonly host: string;
  readonly send: Send;
  /** Makes a call that has to end in one of these; throws the reason for every other answer. */
  ask(call: Call, accept: readonly number[]): Promise<Answer>;
  readonly callsLeft: () => number | undefined;
  /** When the token ends, as GitHub says beside each answer; milliseconds since 1970. */
  readonly tokenExpires: () => number | undefined;
  readonly secrets: () => readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  close(): Promise<void>;
}

const authority = {
  of: 'the forge',
  hint: 'ca.crt must be a PEM text with a certificate: -----BEGIN CERTIFICATE-----.',
};

/** Opens the way to a forge; nothing is sent before the first call. */
export function openClient(connection: ForgeConnection): Client {
  const { api, token, ca = '', proxy, timeout = 30_000, now = Date.now } = connection;
  const { origin, host } = new URL(api);
  const { pool } = openPool(origin, {
    connections: 2,
    proxy,
    certificates: ca.trim() === '' ? [] : certificatesIn(ca, authority),
    mostBytes: limits.forgeAnswer,
    timeouts: { connect: Math.min(timeout, 10_000), headers: timeout, body: timeout },
  });
  const secrets = (): readonly string[] => token?.secrets() ?? [];
  let callsLeft: number | undefined;
  let tokenExpires: number | undefined;
  let notBefore = 0;
  const wire: Send = async (call) => {
    const headers = await headersOf(connection, call);
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const path = `${new URL(api).pathname.replace(/\/$/, '')}${call.path}`;
    const begun = now();
    const done = (status: number): void =>
      connection.onCall?.({ method: call.method, status, milliseconds: now() - begun });
    try {
      const answer = answerOf(await exchange(pool, { origin, method: call.method, path, headers, body }));
      done(answer.status);
      return answer;
    } catch (thrown) {
      done(0);
      throw noAnswer(call, { origin, proxy }, brokenBy(origin, thrown));
    }
  };
  const tagged = rememberingTags(wire);
  const once: Send = async (call) => {
    if (now() < notBefore) throw stillLimited(host, notBefore, now());
    const answer = await tagged(call);
    const left = answer.headers['x-ratelimit-remaining'] ?? answer.headers['ratelimit-remaining'];
    if (left !== undefined && /^\d+$/.test(left)) callsLeft = Number(left);
    tokenExpires = timeOf(answer.headers['github-authentication-token-expiration']) ?? tokenExpires;
    const seconds = limited(answer, now());
    if (seconds !== undefined) notBefore = now() + seconds * 1000;
    return answer;
  };
  // Forges ask for one call after the other, and ban those who do not listen.
  const queue = new PQueue({ concurrency: 1 });
  const send: Send = (call) => queue.add(() => withToken(token, call, once));
  return {
    host,
    send,
    ask: async (call, accept) => {
      const answer = await send(call);
      const isPage = answer.json === undefined && answer.text.trim() !== '' && answer.status !== 204;
      if (accept.includes(answer.status) && !isPage) return answer;
      throw failureOf(answer, { call, host, secrets: secrets(), now: now() });
    },
    callsLeft: () => callsLeft,
    tokenExpires: () => tokenExpires,
    secrets,
    now,
    close: () => pool.destroy(),
  };
}

/** A token that was just made may not be known everywhere yet, and one in use may have been revoked. */
async function withToken(token: ForgeToken | undefined, call: Call, send: Send): Promise<Answer> {
  for (;;) {
    const answer = await send(call);
    if (answer.status !== 401 || token === undefined || !(await token.rejected())) return answer;
  }
}

async function headersOf({ token, scheme = 'Bearer', userAgent = 'quayside' }: ForgeConnection, call: Call) {
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': userAgent, ...call.headers };
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  if (token !== undefined && headers['authorization'] === undefined) {
    headers['authorization'] = `${scheme} ${await token.current()}`;
  }
  return headers;
}

function answerOf({ status, headers, text }: Exchange): Answer {
  const flat = Object.entries(headers).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name.toLowerCase(), first] as const];
  });
  return { status, headers: Object.fromEntries(flat), text, json: jsonIn(text) };
}

function stillLimited(host: string, until: number, now: number): RetryableError {
  const time = new Date(until).toISOString().replace(/\.\d+/, '');
  return new RetryableError('ForgeRateLimited', `${host} takes no calls before ${time}`, {
    hint: `Nothing is asked of ${host} before. What needs no forge goes on.`,
    retryAfter: Math.ceil((until - now) / 1000),
  });
}
