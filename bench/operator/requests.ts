import { Agent, request } from 'undici';
import type { Access } from '../../test/control-plane/kubeconfig.js';

/** One request to an API server; anything but the expected kind of answer is an error. */
export interface Request {
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Default: plain JSON. */
  readonly type?: string;
}

/** A connection that asks many things at a time. */
export interface Requests {
  readonly send: <T = unknown>(request: Request) => Promise<T>;
  /** All of them, so many at a time and in about this order. */
  readonly sendAll: (requests: readonly Request[], atOnce: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a connection as the one who has the token. */
export function openRequests({ url, ca, token }: Access): Requests {
  const dispatcher = new Agent({ connect: { ca }, connections: 16 });
  const send: Requests['send'] = async <T>({ method, path, body, type = 'application/json' }: Request) => {
    const { statusCode, body: answer } = await request(`${url}${path}`, {
      method,
      dispatcher,
      headers: { authorization: `Bearer ${token}`, 'content-type': type, 'user-agent': 'quayside-bench' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode} ${text}`);
    return JSON.parse(text) as T;
  };
  return {
    send,
    sendAll: async (requests, atOnce) => {
      const left = requests.values();
      const one = async (): Promise<void> => {
        for (const next of left) await send(next);
      };
      await Promise.all(Array.from({ length: atOnce }, one));
    },
    close: () => dispatcher.close(),
  };
}
