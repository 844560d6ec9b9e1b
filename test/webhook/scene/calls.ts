import { Agent, request } from 'node:https';
import type { Access } from '../../control-plane/kubeconfig.js';

/** What an API server answered, with its warnings. */
export interface Called<T> {
  readonly status: number;
  readonly body: T;
  readonly warnings: readonly string[];
}

/** A way to write to an API server many times a second. */
export interface Calls {
  readonly call: <T>(method: string, path: string, body?: object, type?: string) => Promise<Called<T>>;
  readonly close: () => void;
}

/** Calls over connections that stay. */
export function callsTo({ url, ca, token }: Access): Calls {
  const agent = new Agent({ keepAlive: true, ca });
  return {
    call: <T>(method: string, path: string, body?: object, type = 'application/json') =>
      new Promise<Called<T>>((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': type };
        const call = request(new URL(path, url), { agent, method, headers }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.once('error', reject);
          response.once('end', () => {
            const warnings = response.headersDistinct.warning ?? [];
            resolve({
              status: response.statusCode ?? 0,
              body: JSON.parse(text) as T,
              warnings: warnings.flatMap((line) =>
                [...line.matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(([, said]) => plain(said)),
              ),
            });
          });
        });
        call.once('error', reject);
        call.end(body === undefined ? undefined : JSON.stringify(body));
      }),
    close: () => agent.destroy(),
  };
}

function plain(said = ''): string {
  return said.replace(/\\(.)/g, '$1');
}
