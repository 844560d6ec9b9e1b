import { type Fields, objectAt, objectOrEmpty } from '../../src/json/index.js';

/** What happened to an object, as a watch tells it. */
export interface ObjectEvent {
  readonly version: number;
  readonly path: string;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: Fields;
}

/** Objects by path, each with a version, and all that ever happened to them. */
export interface Objects {
  readonly get: (path: string) => Fields | undefined;
  readonly all: () => Iterable<readonly [path: string, object: Fields]>;
  /** Writes an object, or its status alone; gives it as it is stored. */
  readonly put: (path: string, object: Fields, part?: 'status') => Fields;
  readonly remove: (path: string) => boolean;
  readonly version: () => number;
  readonly since: (version: number) => readonly ObjectEvent[];
  readonly subscribe: (handler: (event: ObjectEvent) => void) => () => void;
}

/** None, to begin with. */
export function createObjects(): Objects {
  const objects = new Map<string, Fields>();
  const events: ObjectEvent[] = [];
  const handlers = new Set<(event: ObjectEvent) => void>();
  let version = 1;
  const happened = (event: ObjectEvent): void => {
    events.push(event);
    for (const handler of handlers) handler(event);
  };
  return {
    get: (path) => objects.get(path),
    all: () => objects,
    put: (path, object, part) => {
      const before = objects.get(path);
      const stored = stamped(before, object, { version: (version += 1), part });
      objects.set(path, stored);
      happened({ version, path, type: before === undefined ? 'ADDED' : 'MODIFIED', object: stored });
      return stored;
    },
    remove: (path) => {
      const before = objects.get(path);
      if (before === undefined) return false;
      objects.delete(path);
      const metadata = { ...objectOrEmpty(before.metadata), resourceVersion: String((version += 1)) };
      happened({ version, path, type: 'DELETED', object: { ...before, metadata } });
      return true;
    },
    version: () => version,
    since: (from) => events.filter((event) => event.version > from),
    subscribe: (handler) => {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
  };
}

interface Stamp {
  readonly version: number;
  readonly part: 'status' | undefined;
}

function stamped(before: Fields | undefined, object: Fields, { version, part }: Stamp): Fields {
  const known = objectAt(before, 'metadata');
  const isSame = before !== undefined && JSON.stringify(before.spec) === JSON.stringify(object.spec);
  const { uid = `uid-${version}`, creationTimestamp = '2026-01-01T00:00:00Z', generation = 0 } = known;
  const metadata = {
    ...objectOrEmpty(object.metadata),
    uid,
    creationTimestamp,
    resourceVersion: String(version),
    generation: Number(generation) + (isSame ? 0 : 1),
  };
  // A status is written by its own path alone.
  const { status: given, ...rest } = object;
  const status = part === 'status' || before === undefined ? given : before.status;
  return { ...rest, metadata, ...(status !== undefined && { status }) };
}
