import type { JsonObject } from '../api/json.js';
import type {
  AutoPrunePolicy,
  ImmutabilityPolicy,
  Namespace,
  Notification,
  Principal,
  RepositoryRole,
  Robot,
  Team,
} from './state.js';

/** A repository. */
export interface Repository {
  readonly id: number;
  readonly namespace: Namespace;
  /** A uuid once the repository is deleted. */
  name: string;
  description: string;
  visibility: 'public' | 'private';
  state: 'NORMAL' | 'READ_ONLY' | 'MIRROR' | 'ORG_MIRROR' | 'MARKED_FOR_DELETION';
  readonly statusToken: string;
  readonly users: Map<Principal, RepositoryRole>;
  readonly teams: Map<Team, RepositoryRole>;
  readonly autoPrunePolicies: Map<string, AutoPrunePolicy>;
  readonly immutabilityPolicies: Map<string, ImmutabilityPolicy>;
  readonly notifications: Map<string, Notification>;
  readonly tags: Map<string, Tag>;
  readonly labels: Map<string, Label>;
  mirror: RepositoryMirror | undefined;
  /** Rules of mirror creations, refused ones included: a later change of the rule hits the first. */
  readonly mirrorRules: { patterns: readonly string[] }[];
}

/** Mirroring of one foreign repository. */
export interface RepositoryMirror {
  settings: JsonObject;
  registryConfig: JsonObject;
  robot: Robot;
  readonly rule: { patterns: readonly string[] };
  status: string;
  retries: number;
}

/** A tag and the manifest that it points to. */
export interface Tag {
  readonly name: string;
  digest: string;
  readonly start: number;
  expiration: number | undefined;
  immutable: boolean;
}

/** A label that was put on a manifest by the API. */
export interface Label {
  readonly id: string;
  readonly digest: string;
  readonly key: string;
  readonly value: string;
  readonly mediaType: string;
}
