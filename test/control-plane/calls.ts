import { Agent, request } from 'node:https';
import type { Access } from './kubeconfig.js';

/** What an API server answered, with its warnings. */
export interface Called<T> {
  readonly status: number;
  readonly body: T;
  readonly warnings: readonly string[];
}

/** A way to ask an API server many times a second, without the handshake of TLS each time. */
export interface Calls {
  readonly call: <T>(method: string, path: string, body?: object, type?: string) => Promise<Called<T>>;
  /** The same, where anything but success is an error. */
  readonly expect: <T>(method: string, path: string, body?: object, type?: string) => Promise<T>;
  readonly close: () => void;
}

/** Calls over connections that stay. */
export function callsTo({ url, ca, token }: Access): Calls {
  const agent = new Agent({ keepAlive: true, ca });
  const call: Calls['call'] = <T>(method: string, path: string, body?: object, type = 'application/json') =>
    new Promise<Called<T>>((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': type };
      const sent = request(new URL(path, url), { agent, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('error', reject);
        response.once('end', () => {
          const warnings = response.headersDistinct.warning ?? [];
          resolve({
            status: response.statusCode ?? 0,
            body: bodyOf(text) as T,
            warnings: warnings.flatMap((line) =>
              [...line.matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(([, said]) => plain(said)),
            ),
          });
        });
      });
      sent.once('error', (error: NodeJS.ErrnoException) => {
        // The server closed a connection that was at rest, just when it was used again.
        const isUnread = sent.reusedSocket && error.code === 'ECONNRESET';
        if (isUnread) call<T>(method, path, body, type).then(resolve, reject);
        else reject(error);
      });
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return {
    call,
    expect: async <T>(method: string, path: string, body?: object, type?: string) => {
      const { status, body: answer } = await call<T>(method, path, body, type);
      if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
      return answer;
    },
    close: () => agent.destroy(),
  };
}

/** A server that starts or ends answers in plain text. */
function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function plain(said = ''): string {
  return said.replace(/\\(.)/g, '$1');
}
