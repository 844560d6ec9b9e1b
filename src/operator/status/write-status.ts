import { isDeepStrictEqual } from 'node:util';
import { type Fields } from '../../json/index.js';
import { applyObject, type KubeClient, type ResourceType } from '../../kube/index.js';
import { fieldManager } from '../../api/index.js';

/** Writes the status of objects of one kind, and only when it is another one. */
export interface StatusWriter<Status> {
  /** The status as we wrote it last; nobody else writes it. */
  readonly last: (uid: string) => Status | undefined;
  /** False when there was nothing to write, or no object any more. */
  readonly write: (object: StatusTarget, status: Status) => Promise<boolean>;
  readonly forget: (uid: string) => void;
}

export interface StatusTarget {
  readonly name: string;
  readonly uid: string;
  readonly type: ResourceType;
  /** As the cluster shows it. */
  readonly status: unknown;
}

/** A writer that has written nothing yet; `uidOf` gives the object that has a name now. */
export function createStatusWriter<Status extends object>(
  client: KubeClient,
  uidOf?: (name: string) => string | undefined,
): StatusWriter<Status> {
  const written = new Map<string, Status>();
  return {
    last: (uid) => written.get(uid),
    write: async ({ name, uid, type, status: seen }, status) => {
      // The API server holds no status of a custom resource against a UID: it would stand on the one that came after.
      if (uidOf !== undefined && uidOf(name) !== uid) return false;
      const plain = JSON.parse(JSON.stringify(status)) as Status;
      const known = written.get(uid) ?? seen;
      if (isDeepStrictEqual(known, plain)) {
        // What the cache holds anyway need not be held a second time.
        written.set(uid, isDeepStrictEqual(seen, plain) ? (seen as Status) : plain);
        return false;
      }
      // Of its own status a manager need not ask before it applies.
      const object: Fields = { metadata: { name, uid }, status: plain };
      const { outcome } = await applyObject(client, {
        type,
        object,
        manager: fieldManager,
        live: {},
        subresource: 'status',
      });
      if (outcome === 'Gone') return false;
      written.set(uid, plain);
      return true;
    },
    forget: (uid) => void written.delete(uid),
  };
}
