import { request } from 'node:https';

/** What the webhook answered to a pod; 0 where it hung up. */
export interface Said {
  readonly status: number;
  readonly body: string;
}

const anybody = { host: '127.0.0.1', rejectUnauthorized: false };

/** A pod sends bytes to the webhook: it is asked for no credential. */
export function send(port: number, body: string, path = '/admissionwebhook', method = 'POST'): Promise<Said> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request({ ...anybody, port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('close', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    call.once('error', () => resolve({ status: 0, body: '' })).end(body);
  });
}
