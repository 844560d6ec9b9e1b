import type { Octokit } from 'octokit';
import { QuaysideError } from '../../errors/index.js';
import { type Answer, type Call, jsonIn } from '../wire/answer.js';
import type { Client } from '../wire/client.js';
import { failureOf } from '../wire/failure.js';

/** What one of octokit's calls gives, and what it throws. */
interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

/**
 * octokit over our own connections. It repeats nothing, waits for no limit, follows no redirect and holds no token: by itself
 * it makes a request twice, sleeps for an hour inside a call, and turns a moved POST into a GET.
 */
export async function octokitOver(client: Client, api: string): Promise<Octokit> {
  const { Octokit: Base } = await import('octokit');
  const silent = (): void => undefined;
  return new Base({
    baseUrl: api,
    userAgent: 'quayside',
    request: { fetch: fetchOver(client, api), redirect: 'manual' },
    retry: { enabled: false },
    throttle: { enabled: isPaced(api), id: api, onRateLimit: () => false, onSecondaryRateLimit: () => false },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
}

/** Whether writes go one second apart, as github.com asks; a server of one's own has no limits unless somebody sets them, and says so then. */
export function isPaced(api: string): boolean {
  return /(?:^|\.)(?:github|ghe)\.com$/.test(new URL(api).hostname);
}

const withoutBody = new Set([204, 205, 304]);

/** The part of `fetch` that octokit uses. */
function fetchOver(client: Client, api: string) {
  return async (url: string, init: { method: Call['method']; body?: string }): Promise<globalThis.Response> => {
    const body = init.body === undefined ? {} : { body: jsonIn(init.body) };
    const { status, headers, text } = await client.send({ method: init.method, path: url.slice(api.length), ...body });
    return new Response(withoutBody.has(status) ? null : text, { status, headers });
  };
}

/** Makes one of octokit's calls, which has to end in one of these; throws the reason for every other answer. */
export async function askOctokit(
  client: Client,
  call: Pick<Call, 'method' | 'path'>,
  work: () => Promise<Response>,
  accept: readonly number[],
): Promise<Answer> {
  const answer = answerOf(await responseOf(work));
  const isPage = typeof answer.json === 'string' && answer.json.trim() !== '';
  if (accept.includes(answer.status) && !isPage) return answer;
  const asked = { call, host: client.host, secrets: client.secrets(), now: client.now() };
  throw failureOf(isPage ? { ...answer, json: undefined } : answer, asked);
}

/** octokit throws what is 400 and above, and wraps what was thrown below it. */
async function responseOf(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (thrown) {
    if (typeof thrown !== 'object' || thrown === null) throw thrown;
    const cause: unknown = Reflect.get(thrown, 'cause');
    if (cause instanceof QuaysideError) throw cause;
    const response = Reflect.get(thrown, 'response') as Response | undefined;
    if (response === undefined) throw thrown;
    return response;
  }
}

function answerOf({ status, headers, data }: Response): Answer {
  const flat = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, `${value}`] as const] : [],
  );
  const text = typeof data === 'string' ? data : data === undefined ? '' : 'json';
  return { status, headers: Object.fromEntries(flat), text, json: data };
}
