import { setTimeout as wait } from 'node:timers/promises';
import { type Simulation } from './call.js';
import { dispatch } from './dispatch.js';
import { type Matcher } from './match.js';
import { type ApiRequest, type ApiResponse } from './message.js';
import { readRequest, type ServerMessage, writeResponse } from './exchange.js';
import { type FaultRule } from './faults.js';
import { type Responder } from './listen.js';
import { type LoggedRequest } from './request-log.js';

/** What the answering of requests needs. */
export interface Serving {
  readonly simulation: Simulation;
  readonly matcher: Matcher;
  readonly record: (request: LoggedRequest) => void;
  readonly hit: (method: string, path: string) => FaultRule | undefined;
  readonly latency: () => number;
  readonly closeConnections: boolean;
}

const injectedFault = '(fault)';

/** Answers requests to the simulated server, faults included. */
export function createResponder(serving: Serving): Responder {
  return async (message, answer) => {
    const request = await readRequest(message);
    const path = request.query === '' ? request.path : `${request.path}?${request.query}`;
    const fault = serving.hit(request.method, path);
    const delay = serving.latency() + (fault?.delayMs ?? 0);
    if (delay > 0) await wait(delay);
    const { response, template } = answerTo(serving, request, fault);
    serving.record({ method: request.method, path, template, status: response.status });
    if (fault?.reset) cut(message);
    else {
      const date = serving.simulation.clock().toUTCString();
      const dated = { ...response, headers: { date, ...response.headers } };
      writeResponse(answer, fault?.truncate ? halved(dated) : dated, serving.closeConnections);
    }
  };
}

function answerTo(
  { simulation, matcher }: Serving,
  request: ApiRequest,
  fault: FaultRule | undefined,
): { readonly response: ApiResponse; readonly template: string } {
  if (!fault || (fault.status === undefined && !fault.reset)) return dispatch(simulation, matcher, request);
  const template = fault.when === 'after' ? dispatch(simulation, matcher, request).template : injectedFault;
  const { status = 0, body = '', headers = {} } = fault;
  const { 'content-type': contentType = 'text/html', ...others } = headers;
  return { response: { status, contentType, body, headers: others }, template };
}

function halved(response: ApiResponse): ApiResponse {
  return { ...response, body: response.body.slice(0, response.body.length / 2) };
}

function cut(message: ServerMessage): void {
  if ('stream' in message) message.stream.session?.destroy();
  message.socket.destroy();
}
