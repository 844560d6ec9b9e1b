import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';
import type { Reply } from './serve.js';

/** Answers in place of the API server. */
export function answerWith(response: ServerResponse, fault: Extract<Fault, { kind: 'answer' }>): void {
  const { status, headers = {}, body = statusObject(status) } = fault;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Answers what somebody else than the API server has to say, with the fault that lies on it. */
export async function answerInstead(
  response: ServerResponse,
  working: () => Promise<Reply>,
  fault?: Fault,
): Promise<void> {
  const cut = (): void => void response.socket?.destroy();
  if (fault?.kind === 'freeze') return;
  if (fault?.kind === 'cut' && fault.at === 'before') return cut();
  const { status, body, headers } = await working().catch((error: unknown) => ({
    status: 500,
    body: { ...statusObject(500), reason: 'InternalError', message: String(error) },
    headers: {},
  }));
  if (response.closed) return;
  if (fault?.kind === 'cut' && fault.at === 'after') return cut();
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  const text = JSON.stringify(body);
  if (fault?.kind !== 'cut') return void response.end(text);
  response.write(text.slice(0, text.length / 2));
  await sleep(0);
  cut();
}

function statusObject(code: number): object {
  const message = code === 403 ? 'forbidden: User "proxied" cannot do this' : `the proxy answered ${code}`;
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code };
}
