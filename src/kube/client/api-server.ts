import { TerminalError } from '../../errors/index.js';
import { type Fields, objectOrEmpty } from '../../json/index.js';
import { limits } from '../../limits/index.js';
import { type Answer, type ApiServer } from './call.js';
import { type Send, unreachable } from './send.js';

const patience = 30_000;

/** Calls over the given transport. */
export function apiServer(send: Send, server: string): ApiServer {
  return async (call) => {
    const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(call.milliseconds ?? patience)));
    const signal = call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]);
    const { statusCode: status, headers, body } = await send(call, signal);
    if (status === 401) {
      await body.dump().catch(() => undefined);
      throw rejected(server);
    }
    let text: string | undefined;
    try {
      text = await textOf(body);
    } catch (error) {
      throw unreachable(server, error);
    }
    if (text === undefined) return tooLarge;
    return { status, body: json(text), ...retryAfterOf(headers['retry-after']) };
  };
}

/** What a list with too much in one page is taken for: the API server itself says that of what is sent to it alone. */
const tooLarge: Answer = {
  status: 413,
  body: { message: `the answer has more than ${limits.clusterAnswer} bytes` },
};

/** The text; undefined when it is too long, and is not read to its end. */
async function textOf(body: AsyncIterable<Buffer>): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    // To leave the loop closes the stream.
    if (length > limits.clusterAnswer) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString('utf8');
}

/** The error of an API server that does not know who is asking. */
export function rejected(server: string): TerminalError {
  return new TerminalError('ClusterLoginRejected', `the API server ${server} does not accept the credentials`, {
    hint: 'Log in again with oc or kubectl.',
  });
}

/** The API server asks in whole seconds; a date comes from some proxy. */
export function retryAfterOf(header: string | string[] | undefined): Pick<Answer, 'retryAfter'> {
  if (typeof header !== 'string') return {};
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? { retryAfter: Math.max(0, seconds) } : {};
}

/** The text as a mapping; an empty one when it is none. */
export function json(text: string): Fields {
  try {
    return objectOrEmpty(JSON.parse(text));
  } catch {
    return {};
  }
}
