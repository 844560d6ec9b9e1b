import { type JsonObject } from '../http/json.js';

/** Role of a team in its organization. */
export type TeamRole = 'member' | 'creator' | 'admin';

/** Role of somebody on a repository. */
export type RepositoryRole = 'read' | 'write' | 'admin';

/** A storage quota with its limits. */
export interface Quota {
  readonly id: number;
  limitBytes: number;
  readonly limits: Map<number, QuotaLimit>;
}

/** A threshold of a quota. */
export interface QuotaLimit {
  readonly id: number;
  type: 'Warning' | 'Reject';
  percent: number;
}

/** Which tags are pruned. */
export interface AutoPrunePolicy {
  readonly uuid: string;
  readonly method: string;
  readonly value: number | string;
  readonly tagPattern: string | null;
  readonly tagPatternMatches: boolean;
}

/** Which tags may not change. */
export interface ImmutabilityPolicy {
  readonly uuid: string;
  readonly tagPattern: string;
  readonly tagPatternMatches: boolean;
}

/** Who is told about which event. */
export interface Notification {
  readonly uuid: string;
  readonly title: string | null;
  readonly event: string;
  readonly method: string;
  readonly config: JsonObject;
  readonly eventConfig: JsonObject;
  failures: number;
}

/** An upstream registry whose images are cached. */
export interface ProxyCache {
  readonly upstreamRegistry: string;
  readonly expirationSeconds: number;
  readonly insecure: boolean;
}

/** A token for registry clients of one user. */
export interface AppToken {
  readonly uuid: string;
  readonly title: string;
  readonly code: string;
  readonly created: Date;
}

/** A message that every visitor of the registry sees. */
export interface GlobalMessage {
  readonly uuid: string;
  readonly content: string;
  readonly severity: string;
  readonly mediaType: string;
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
