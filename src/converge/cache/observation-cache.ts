import { type QuayOrganizationStatus } from '../../api/index.js';
import { type Inventory, type Needs } from '../../plan/index.js';
import { type Observation, type RobotToken } from '../../quay/index.js';
import { type IgnoredChanges } from './ignored-changes.js';

/** What is remembered of one organization between two looks at it. Losing it costs calls, never correctness. */
export interface Remembered {
  /** What Quay showed last, kept up to date by our own writes. */
  observation?:
    | {
        readonly seen: Observation;
        readonly needs: Needs;
        /** When it was asked, in milliseconds of a clock that never goes back. */
        readonly at: number;
        /** The roles of the document that it was made from, where Quay was never asked since. */
        readonly madeFrom?: string;
      }
    | undefined;
  /** What we made, for an object that is made again after somebody deleted it. */
  inventory?: { readonly registry: string; readonly object: string; readonly value: Inventory } | undefined;
  /** Digest of the roles that were last applied. */
  roles?: string | undefined;
  /** Resyncs since roles were read. */
  resyncs: number;
  /** A fresh look at Quay is due. */
  resyncDue: boolean;
  /** The roles on its repositories are read at the next fresh look, however long ago they were read. */
  rolesDue: boolean;
  /** When the last fresh look began, and the last one that read roles; milliseconds of a clock that never goes back. */
  readAt?: number;
  rolesReadAt?: number;
  /** How it stood when nothing was left to do, in words. */
  summary?: string | undefined;
  /** What was found in place of pull secrets when Quay was asked because of that, by name. */
  readonly asked: Map<string, string>;
  /** The changes that were made last. */
  written: ReadonlySet<string>;
  /** The changes that Quay did not make although it said so. */
  ignored: IgnoredChanges;
  /** The namespace that was looked at last: another one of its name is judged anew. */
  namespaceUID?: string | undefined;
  /** The tokens of the robots that were valid at the last reconciliation. */
  tokens?: ReadonlyMap<string, RobotToken> | undefined;
}

/** By name of the organization in Quay and its registry. */
export interface Memory {
  readonly of: (registry: string, organization: string) => Remembered;
  /** The organization is gone: another one of its name has nothing to do with it. */
  readonly forget: (registry: string, organization: string) => void;
}

/** Nothing is remembered, to begin with. */
export function createMemory(): Memory {
  const all = new Map<string, Remembered>();
  const of: Memory['of'] = (registry, organization) => {
    const key = `${registry}/${organization}`;
    const known = all.get(key);
    if (known !== undefined) return known;
    const fresh: Remembered = {
      resyncs: 0,
      resyncDue: true,
      rolesDue: false,
      asked: new Map(),
      written: new Set(),
      ignored: new Map(),
    };
    all.set(key, fresh);
    return fresh;
  };
  return { of, forget: (registry, organization) => void all.delete(`${registry}/${organization}`) };
}

/** The inventory that a status holds; none of another registry, and none where there never was one. */
export function inventoryIn(status: QuayOrganizationStatus, registry: string): Inventory | undefined {
  if (status.registry !== registry || status.inventory === undefined) return undefined;
  return {
    ...(status.origin !== undefined && { origin: status.origin }),
    managedItems: status.inventory,
    ...(status.secretHashes !== undefined && { secretHashes: status.secretHashes }),
    ...(status.ownership !== undefined && { ownership: status.ownership }),
  };
}
