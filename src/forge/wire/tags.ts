import type { Answer, Send } from './answer.js';

const remembered = 16;

/** Asks again only whether something changed: an answer that did not is not counted against the limit of calls. */
export function rememberingTags(send: Send): Send {
  const known = new Map<string, Answer>();
  return async (call) => {
    if (call.method !== 'GET') return send(call);
    const before = known.get(call.path);
    const tag = before?.headers['etag'];
    const answer = await send(
      tag === undefined ? call : { ...call, headers: { ...call.headers, 'if-none-match': tag } },
    );
    if (answer.status === 304 && before !== undefined) {
      return { ...before, headers: { ...before.headers, ...answer.headers } };
    }
    known.delete(call.path);
    if (answer.status === 200 && answer.headers['etag'] !== undefined) known.set(call.path, answer);
    const [oldest] = known.keys();
    if (known.size > remembered && oldest !== undefined) known.delete(oldest);
    return answer;
  };
}
