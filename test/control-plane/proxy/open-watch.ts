import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { Access } from '../kubeconfig.js';

/** A raw watch, for looking at what arrives and what does not. */
export interface OpenWatch {
  readonly text: () => string;
  readonly isOpen: () => boolean;
  readonly close: () => void;
}

/** Begins to watch a list; resolves once the head of the answer is there. */
export async function openWatch({ url, ca, token }: Access, path: string): Promise<OpenWatch> {
  const headers = { authorization: `Bearer ${token}` };
  const call = request(new URL(`${path}?watch=true`, url), { ca, headers, agent: false });
  call.end();
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  let text = '';
  let open = true;
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  response.once('close', () => (open = false));
  response.on('error', () => undefined);
  call.on('error', () => undefined);
  return { text: () => text, isOpen: () => open, close: () => call.destroy() };
}
