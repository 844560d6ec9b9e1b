import { RetryableError } from '../../errors/index.js';
import { type Fields } from '../../json/index.js';
import { json, rejected, retryAfterOf } from './api-server.js';
import { type Call } from './call.js';
import { type OpenedWatch } from './kube-client.js';
import { linesOf } from './lines.js';
import { type Send, unreachable } from './send.js';
import { WatchSilent } from './watch-silent.js';

/** Opens watches over the given transport. */
export function watchOpener(send: Send, server: string): (call: Call, idle: number) => Promise<OpenedWatch> {
  return async (call, idle) => {
    const silence = watchdog(server, idle);
    const signal = call.signal === undefined ? silence.signal : AbortSignal.any([silence.signal, call.signal]);
    try {
      const { statusCode: status, headers, body } = await send(call, signal);
      if (status === 200) return { events: eventsOf(body, server, silence) };
      const text = await body.text();
      silence.end();
      if (status === 401) throw rejected(server);
      return { answer: { status, body: json(text), ...retryAfterOf(headers['retry-after']) } };
    } catch (error) {
      silence.end();
      throw silence.error() ?? error;
    }
  };
}

async function* eventsOf(
  body: AsyncIterable<Uint8Array>,
  server: string,
  silence: Watchdog,
): AsyncGenerator<Fields, void> {
  try {
    for await (const lines of linesOf(heard(body, silence))) for (const line of lines) yield parsed(line);
  } catch (error) {
    throw silence.error() ?? (error instanceof RetryableError ? error : unreachable(server, error));
  } finally {
    silence.end();
  }
}

async function* heard(body: AsyncIterable<Uint8Array>, silence: Watchdog): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of body) {
    silence.heard();
    yield chunk;
  }
}

function parsed(line: string): Fields {
  try {
    return JSON.parse(line) as Fields;
  } catch {
    // No cause: the parser's message repeats a part of what may be a Secret.
    throw new RetryableError('ClusterUnreachable', 'a watch ended in the middle of an event');
  }
}

interface Watchdog {
  readonly signal: AbortSignal;
  readonly heard: () => void;
  readonly end: () => void;
  readonly error: () => WatchSilent | undefined;
}

/** Ends a connection that keeps silent: one that is half-open looks exactly like one on which nothing happens. */
function watchdog(server: string, milliseconds: number): Watchdog {
  const controller = new AbortController();
  let error: WatchSilent | undefined;
  const timer = setTimeout(() => {
    error = new WatchSilent(server);
    controller.abort(error);
  }, milliseconds).unref();
  return {
    signal: controller.signal,
    heard: () => void timer.refresh(),
    end: () => clearTimeout(timer),
    error: () => error,
  };
}
