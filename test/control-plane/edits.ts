import type { Calls } from './calls.js';
import { applyWith, createWith } from './create.js';
import { pathsOf } from './named.js';

/** What kubectl does to objects, which are named as for it, without the start of one. */
export interface Edits {
  readonly create: (...objects: readonly object[]) => Promise<void>;
  /** Applies on the server, conflicts or not; gives the objects as they are then. */
  readonly apply: (...objects: readonly object[]) => Promise<readonly unknown[]>;
  /** Merges a change. */
  readonly patch: (what: readonly string[], change: object) => Promise<void>;
  /** Deletes what may be gone already, without waiting for it to be gone. */
  readonly delete: (...what: readonly string[]) => Promise<void>;
  readonly get: <T>(...what: readonly string[]) => Promise<T | undefined>;
}

/** Edits over connections that stay. */
export function editsWith({ call, expect }: Calls): Edits {
  const [create, apply] = [createWith({ expect }), applyWith({ expect })];
  return {
    create: (...objects) => create(objects),
    apply: (...objects) => apply(objects),
    patch: async (what, change) => {
      for (const path of pathsOf(what)) await expect('PATCH', path, change, 'application/merge-patch+json');
    },
    delete: async (...what) => {
      for (const path of pathsOf(what)) {
        const { status, body } = await call('DELETE', path);
        if (status >= 300 && status !== 404) throw new Error(`DELETE ${path}: ${status} ${JSON.stringify(body)}`);
      }
    },
    get: async <T>(...what: readonly string[]) => {
      const [path = ''] = pathsOf(what);
      const { status, body } = await call<T>('GET', path);
      if (status !== 200 && status !== 404) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
      return status === 404 ? undefined : body;
    },
  };
}
