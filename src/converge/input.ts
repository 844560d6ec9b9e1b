import type { NamespaceRecord, QuayIntegration, QuayOrganization, SecretRef } from '../api/index.js';
import type { OwnershipKeys, PendingOwnership, PredecessorEvidence } from '../ownership/index.js';
import type { Fact, Inventory, NamespaceFact, PlannedChange, SecretUse } from '../plan/index.js';
import type { Policy } from '../policy/index.js';
import type { Quay } from '../quay/index.js';
import type { DeletionKind } from './change-set.js';

type Answer<T> = T | Promise<T>;

/** What converge asks the cluster; a dump, a live cluster and nothing at all can answer. */
export interface ClusterFacts {
  /** A fresh read, made before a deletion. */
  readonly namespace: (namespace: string) => Answer<NamespaceFact>;
  /** As last seen, asked for every document. Nothing is written for a namespace that is going. */
  readonly namespaceLastSeen?: (namespace: string) => NamespaceFact;
  /** A fresh read: is the image stream there? */
  readonly imageStream: (namespace: string, name: string) => Answer<Fact>;
  /** Whether the lists of the integration select the name of a namespace. */
  readonly selectedByLists: (namespace: string) => Fact;
  /** Whether the labels of a namespace were selected when they were last seen. */
  readonly selectedByLabels: (namespace: string) => Fact;
  /** Whether the object of the integration is there. */
  readonly integration: () => Answer<Fact>;
  /** The namespace as last seen, where it was. */
  readonly namespaceRecord?: (namespace: string) => Pick<NamespaceRecord, 'uid' | 'annotations'> | undefined;
  /** What the cluster holds of a predecessor's work on an organization. */
  readonly predecessor?: (organization: string, namespace: string) => Answer<PredecessorEvidence | undefined>;
  /** Robots whose current token a pull Secret of ours in the namespace holds. */
  readonly robotsWithSecret?: (organization: string, namespace: string) => Answer<readonly string[]>;
}

/** Which organization uses a Secret, and what for. */
export interface SecretUser {
  readonly organization: string;
  readonly use: SecretUse;
}

/** The value of a Secret for one who uses it; throws why there is none, or none for this one. */
export type DocumentSecrets = (ref: SecretRef, user: SecretUser) => string;

/** How many deletions may be made, counted for organizations and for repositories apart. */
export interface DeletionAllowance {
  readonly limit: number;
  /** Times of the last deletions and of now, in milliseconds. */
  readonly recent: readonly number[];
  readonly now: number;
  /** Names that `recent` counts already: they were tried before, and are still there. */
  readonly tried?: readonly string[];
  /** The hash that a person agreed to. */
  readonly releasedHash?: string;
  /** Names that will be pending in a moment, and count already. */
  readonly soon?: readonly string[];
}

/** What happens while it happens. */
export interface ConvergeProgress {
  readonly organization: string;
  readonly event: 'read' | 'done' | 'failed' | 'finished';
  readonly change?: PlannedChange;
}

/** What is about to be written, so that a run that is cut leaves nothing unknown behind. */
export type WriteIntent =
  /** The first write to an organization, and what will be ours after all of them. */
  | { readonly type: 'Apply'; readonly organization: string; readonly inventory: Inventory }
  /** Something is deleted for good, in the words of the limit. */
  | { readonly type: 'Delete'; readonly kind: DeletionKind; readonly names: readonly string[] };

/** Ports to the durable places; each may be left out. */
export interface ConvergeHooks {
  readonly onProgress?: (progress: ConvergeProgress) => void;
  /** Nothing is written before it comes back. */
  readonly beforeWrite?: (intent: WriteIntent) => Promise<void>;
}

/** All that a run is made from. */
export interface ConvergeInput extends ConvergeHooks {
  readonly documents: readonly QuayOrganization[];
  /** Applied before, no longer declared or being deleted. */
  readonly gone?: readonly QuayOrganization[];
  readonly quay: Quay;
  readonly identity: { readonly clusterUID: string; readonly clusterID: string };
  /** The UID that this cluster had before, where a person said so. */
  readonly previousClusterUID?: string;
  readonly integration: QuayIntegration;
  /** As it was kept: it counts as far as its signature proves it. */
  readonly inventory: (organization: string) => Inventory | undefined;
  /** What marks and inventories are signed and checked with. */
  readonly ownership: OwnershipKeys & {
    /** Why nothing can be signed, and what to do. */
    readonly problem?: string | undefined;
  };
  /** What a person agreed to: one by one, or by the hash of the whole list. */
  readonly agreement?: {
    readonly agrees?: (pending: PendingOwnership) => boolean;
    readonly hash?: string | undefined;
  };
  /** What may be done in Quay. A dry run, and a suspended integration, write nothing whatever it says. @default - everything */
  readonly policy?: Policy;
  /** What more is forbidden of an organization that is `gone`. @default - nothing */
  readonly policyOfGone?: (document: QuayOrganization) => Policy;
  readonly facts: ClusterFacts;
  /** Absent: secrets are neither compared nor available to changes. */
  readonly secrets?: DocumentSecrets;
  /** Stops the run before its next change. */
  readonly signal?: AbortSignal;
  /** How many deletions may be made. @default - none is made */
  readonly deletions?: { readonly organizations: DeletionAllowance; readonly repositories: DeletionAllowance };
  readonly options: {
    /** Everything but the writes. */
    readonly dryRun: boolean;
    /** Compare the roles on repositories too, of all or of some documents; one more call per robot and team. */
    readonly roles: boolean | ((document: QuayOrganization) => boolean);
    /** What Quay is known to answer as done and not to do: it is skipped. */
    readonly isIgnored?: (organization: string, planned: PlannedChange) => boolean;
    /** @default 8 */
    readonly concurrency?: number;
  };
}
