import { type ApiResponse, json, noContent } from './message.js';
import { type Collected } from '../state/garbage.js';
import { readRequest, writeResponse } from './exchange.js';
import { type Faults } from './faults.js';
import { type Responder } from './listen.js';
import { type RequestLog } from './request-log.js';

/** What the control server steers. */
export interface Controlled {
  readonly requests: RequestLog;
  readonly faults: Faults;
  readonly runGarbageCollector: () => Collected;
  readonly latency: (ms: number) => void;
  /** Puts the server's clock forward. */
  readonly forward: (seconds: number) => void;
}

/** Answers the control server: what a test does in process, for programs of any language. */
export function createController(controlled: Controlled): Responder {
  return async (message, answer) => {
    const { method, path, body } = await readRequest(message);
    writeResponse(answer, control(controlled, `${method} ${path}`, body), false);
  };
}

function control(controlled: Controlled, operation: string, body: string): ApiResponse {
  switch (operation) {
    case 'POST /run-garbage-collector':
      return json(controlled.runGarbageCollector());
    case 'GET /requests':
      return json(controlled.requests.counts());
    case 'GET /requests/list':
      return json(controlled.requests.list());
    case 'DELETE /requests':
      controlled.requests.reset();
      return noContent();
    case 'POST /latency':
      return withBody(body, ({ ms }) => {
        if (typeof ms !== 'number' || ms < 0) return refused('ms must be a number of milliseconds');
        controlled.latency(ms);
        return noContent();
      });
    case 'POST /clock':
      return withBody(body, ({ seconds }) => {
        if (typeof seconds !== 'number' || seconds < 0) return refused('seconds must be a number of seconds');
        controlled.forward(seconds);
        return noContent();
      });
    case 'POST /faults':
      return withBody(body, (rule) => {
        controlled.faults.inject(rule);
        return noContent();
      });
    case 'DELETE /faults':
      controlled.faults.clear();
      return noContent();
    default:
      return json({ message: `unknown operation: ${operation}` }, 404);
  }
}

function withBody(body: string, act: (value: Readonly<Record<string, unknown>>) => ApiResponse): ApiResponse {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return refused('the body must be a JSON object');
    return act({ ...value });
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}

function refused(message: string): ApiResponse {
  return json({ message }, 400);
}
