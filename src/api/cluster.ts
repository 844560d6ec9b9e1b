import { type Reason } from '../errors/index.js';

/** What the pure stages know of a cluster: slim records, and for each list whether it could be read at all. */

/** A list that was read to its end, or the reason why it could not be: unknown is never taken for empty. */
export type Listing<T> = Known<T> | ({ readonly known: false } & Unknown);

interface Known<T> {
  readonly known: true;
  readonly items: readonly T[];
  /** Why there may be others beside these: then what is not among them is unknown, and not gone. */
  readonly incomplete?: string;
}

/** Whether what is not in the list is not there. */
export function isWhole(listing: Listing<unknown>): boolean {
  return listing.known && listing.incomplete === undefined;
}

/** Why something could not be read. */
export interface Unknown {
  readonly reason: string;
  /** Set when an error was the cause. */
  readonly code?: Reason;
  /** What to do about it. */
  readonly hint?: string;
}

export interface NamespaceRecord {
  readonly name: string;
  readonly uid?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly finalizers: readonly string[];
  /** Its deletion has begun. */
  readonly terminating: boolean;
}

export interface ImageStreamRecord {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ServiceAccountRecord {
  readonly namespace: string;
  readonly name: string;
}

export interface ClusterSnapshot {
  /** UID of the namespace kube-system: the identity of the cluster. Absent when that namespace was not seen. */
  readonly uid?: string;
  readonly namespaces: Listing<NamespaceRecord>;
  /** Known and empty on a cluster without the API. */
  readonly imageStreams: Listing<ImageStreamRecord>;
  /** Absent where nobody asked for them. */
  readonly serviceAccounts?: Listing<ServiceAccountRecord>;
  /** Whether the Build and ImageStream APIs are there; `undefined` when that is unknown. */
  readonly hasBuildApis: boolean | undefined;
}
