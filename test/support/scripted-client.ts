import { type Answer, type Call } from '../../src/kube/client/call.js';
import { type KubeClient, type OpenedWatch } from '../../src/kube/client/kube-client.js';
import { type Fields } from '../../src/json/index.js';

export interface ScriptedWatch {
  readonly print: (line: Fields) => void;
  readonly end: (error?: Error) => void;
}

export interface ScriptedClient extends KubeClient {
  /** Every call so far, with its parameters. */
  readonly calls: { readonly verb: string; readonly query: URLSearchParams; readonly accept: string }[];
  /** The watch that was opened last. */
  readonly watching: () => ScriptedWatch;
}

/** A client whose lists are answered by a function; watches stay open until they are ended. */
export function scriptedClient(
  list: (query: URLSearchParams, call: Call) => Answer | Promise<Answer>,
  refusal: () => Answer | Error | undefined = () => undefined,
): ScriptedClient {
  const calls: ScriptedClient['calls'] = [];
  let last: ScriptedWatch | undefined;
  const queryOf = (call: Call): URLSearchParams => {
    const query = new URL(call.path, 'http://server').searchParams;
    calls.push({ verb: call.verb, query, accept: call.accept ?? '' });
    return query;
  };
  return {
    server: 'http://server',
    calls,
    watching: () => {
      if (last === undefined) throw new Error('no watch was opened');
      return last;
    },
    call: async (call) => list(queryOf(call), call),
    watch: async (call): Promise<OpenedWatch> => {
      queryOf(call);
      const refused = refusal();
      if (refused instanceof Error) throw refused;
      if (refused !== undefined) return { answer: refused };
      const stream = new TransformStream<Fields, Fields>();
      const writer = stream.writable.getWriter();
      const ignore = (): void => undefined;
      last = {
        print: (line) => void writer.write(line).catch(ignore),
        end: (error) => void (error === undefined ? writer.close() : writer.abort(error)).catch(ignore),
      };
      const cut = last;
      call.signal?.addEventListener('abort', () => cut.end(new Error('stopped')));
      return { events: stream.readable };
    },
    close: async () => undefined,
  };
}

/** A page of a list. */
export function page(items: readonly Fields[], metadata: Fields = {}): Answer {
  return { status: 200, body: { items, metadata: { resourceVersion: '10', ...metadata } } };
}

/** An object as the API gives it. */
export function managedItem(name: string, resourceVersion: string, more: Fields = {}): Fields {
  return { metadata: { name, resourceVersion, ...more } };
}
