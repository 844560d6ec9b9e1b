import type { Agent } from 'node:https';
import { request } from 'node:https';
import type { Reply } from '../../proxy/serve.js';

/** The fields of an object, of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;

/** The API server, asked by somebody. */
export interface Api {
  readonly call: (method: string, path: string, body?: unknown, type?: string) => Promise<Answer>;
}

export interface Answer extends Reply {
  readonly body: Fields;
}

/** Where the API server is, over connections that stay. */
export interface Upstream {
  readonly url: string;
  readonly agent: Agent;
}

export const merge = 'application/merge-patch+json';

/** The API server, asked with these headers. */
export function apiAs({ url, agent }: Upstream, headers: Readonly<Record<string, string>>): Api {
  return {
    call: (method, path, body, type = 'application/json') =>
      new Promise((resolve, reject) => {
        const own = { ...headers, accept: 'application/json', 'content-type': type };
        const call = request(new URL(path, url), { agent, method, headers: own }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.once('error', reject);
          response.once('end', () => {
            const warnings = response.headersDistinct.warning;
            resolve({
              status: response.statusCode ?? 0,
              body: fieldsOf(text),
              headers: { ...(warnings && { warning: warnings }) },
            });
          });
        });
        call.once('error', reject);
        call.end(body === undefined ? undefined : JSON.stringify(body));
      }),
  };
}

function fieldsOf(text: string): Fields {
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return { kind: 'Status', message: text };
  }
}
