import type { Answer, Call, KubeClient, OpenedWatch } from '../../src/kube/index.js';
import { listPath, type ResourceType } from '../../src/kube/index.js';
import type { Fields } from '../../src/json/index.js';

/** A cluster in memory, as far as lists and watches go. Kinds that were not given to it are not there. */
export interface InMemoryCluster {
  readonly client: KubeClient;
  readonly put: (type: ResourceType, object: Fields) => void;
  readonly remove: (type: ResourceType, name: string) => void;
  /** How many calls there were, watches included. */
  readonly calls: () => number;
}

interface Kind {
  readonly objects: Map<string, Fields>;
  readonly watchers: Set<(line: Fields) => void>;
}

/** An empty cluster that has these kinds. */
export function inMemoryCluster(...types: readonly ResourceType[]): InMemoryCluster {
  const kinds = new Map<string, Kind>(
    types.map((type) => [listPath(type), { objects: new Map(), watchers: new Set() }]),
  );
  let calls = 0;
  let version = 1;
  const kindAt = (path: string): Kind | undefined => {
    calls += 1;
    return kinds.get(path.split('?')[0] ?? '');
  };
  const missing: Answer = { status: 404, body: { kind: 'Status', message: 'there is no such resource' } };
  const change = (type: ResourceType, kind: 'ADDED' | 'DELETED', object: Fields): void => {
    version += 1;
    const metadata = { ...(object.metadata as object), resourceVersion: String(version) };
    const name = String((metadata as Fields).name);
    const { objects, watchers } = kinds.get(listPath(type)) ?? { objects: new Map(), watchers: new Set() };
    const stamped = { apiVersion: type.apiVersion, kind: type.kind, ...object, metadata };
    if (kind === 'ADDED') objects.set(name, stamped);
    else objects.delete(name);
    for (const tell of watchers) tell({ type: kind, object: stamped });
  };
  const client: KubeClient = {
    server: 'http://in-memory',
    call: async ({ path }: Call) => {
      const [, prefix = '', namespace, plural = ''] = /^(.*)\/namespaces\/([^/?]+)(\/[a-z]+)(?:\?|$)/.exec(path) ?? [];
      const kind = kindAt(namespace === undefined ? path : `${prefix}${plural}`);
      if (kind === undefined) return missing;
      const items = [...kind.objects.values()].filter(
        ({ metadata }) => namespace === undefined || (metadata as Fields).namespace === namespace,
      );
      return { status: 200, body: { items, metadata: { resourceVersion: String(version) } } };
    },
    watch: async ({ path, signal }): Promise<OpenedWatch> => {
      const kind = kindAt(path);
      if (kind === undefined) return { answer: missing };
      const stream = new TransformStream<Fields, Fields>();
      const writer = stream.writable.getWriter();
      const tell = (line: Fields): void => void writer.write(line).catch(() => undefined);
      kind.watchers.add(tell);
      signal?.addEventListener('abort', () => void writer.abort(new Error('stopped')).catch(() => undefined));
      return { events: stream.readable };
    },
    close: async () => undefined,
  };
  return {
    client,
    put: (type, object) => change(type, 'ADDED', object),
    remove: (type, name) =>
      change(type, 'DELETED', kinds.get(listPath(type))?.objects.get(name) ?? { metadata: { name } }),
    calls: () => calls,
  };
}
