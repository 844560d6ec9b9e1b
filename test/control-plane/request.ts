import { request } from 'node:https';
import type { Access } from './kubeconfig.js';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One GET to an API server; without a token when the access has an empty one. */
export function get(access: Access, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const authorization = access.token === '' ? {} : { authorization: `Bearer ${access.token}` };
  const options = { ca: access.ca, agent: false, headers: { ...headers, ...authorization } };
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, access.url), options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.once('error', reject);
    });
    call.once('error', reject);
    call.end();
  });
}
