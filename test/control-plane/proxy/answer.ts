import type { ServerResponse } from 'node:http';
import type { Fault } from './fault.js';

/** Answers in place of the API server. */
export function answerWith(response: ServerResponse, fault: Extract<Fault, { kind: 'answer' }>): void {
  const { status, headers = {}, body = statusObject(status) } = fault;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function statusObject(code: number): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message: `the proxy answered ${code}`, code };
}
