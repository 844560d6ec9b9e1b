import type { JsonObject } from '../api/json.js';
import type { Repository } from './repository.js';
import type { WildcardIndex } from './wildcard.js';

/** Role of a team in its organization. */
export type TeamRole = 'member' | 'creator' | 'admin';

/** Role of somebody on a repository. */
export type RepositoryRole = 'read' | 'write' | 'admin';

/** What users, robots and (by accident) organizations have in common: they hold memberships and permissions. */
interface Holder {
  readonly id: number;
  name: string;
  readonly teams: Set<Team>;
  readonly permissions: Map<Repository, RepositoryRole>;
  /** Default permissions in which this one is delegate or activating user. */
  readonly prototypes: Set<Prototype>;
}

/** A user or an organization: both live in one table and share their names. */
export interface Namespace extends Holder {
  readonly robot: false;
  organization: boolean;
  email: string | undefined;
  /** Shown by superuser views in place of a missing address. */
  readonly standInEmail: string;
  superuser: boolean;
  enabled: boolean;
  invoiceEmail: boolean;
  invoiceEmailAddress: string | null;
  tagExpirationSeconds: number;
  /** By full name. */
  readonly robots: Map<string, Robot>;
  readonly repositories: Map<string, Repository>;
  /** Deleted repositories that the garbage collector has not reached. */
  readonly tombstones: Set<Repository>;
  readonly organizationTeams: Map<string, Team>;
  readonly organizationPrototypes: Map<string, Prototype>;
  readonly autoPrunePolicies: Map<string, AutoPrunePolicy>;
  readonly immutabilityPolicies: Map<string, ImmutabilityPolicy>;
  readonly notifications: Map<string, Notification>;
  readonly applications: Map<string, Application>;
  readonly stars: Set<Repository>;
  readonly appTokens: Map<string, AppToken>;
  quota: Quota | undefined;
  proxyCache: ProxyCache | undefined;
  mirror: OrganizationMirror | undefined;
}

/** A robot account. */
export interface Robot extends Holder {
  readonly robot: true;
  readonly namespace: Namespace;
  readonly created: Date;
  readonly description: string;
  readonly metadata: JsonObject | undefined;
  token: string;
  federation: readonly { readonly issuer: string; readonly subject: string }[];
  /** Repositories whose mirror works as this robot; they keep it from being deleted. */
  readonly mirrors: Set<Repository>;
}

/** Whoever can be a team member or hold a repository permission. */
export type Principal = Namespace | Robot;

/** A team of an organization. */
export interface Team {
  readonly id: number;
  readonly name: string;
  readonly organization: Namespace;
  role: TeamRole;
  description: string;
  readonly members: Set<Principal>;
  readonly permissions: Map<Repository, RepositoryRole>;
  readonly prototypes: Set<Prototype>;
  /** Pending invites: of a user, or of an address. Repeating one adds another. */
  invites: readonly { readonly user?: Namespace; readonly email?: string }[];
}

/** A default permission, applied when a repository is created. */
export interface Prototype {
  readonly id: string;
  readonly organization: Namespace;
  role: RepositoryRole;
  readonly delegate: Principal | Team;
  readonly activatingUser: Principal | undefined;
}

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

/** Mirroring of all repositories of a foreign namespace. */
export interface OrganizationMirror {
  readonly settings: JsonObject;
  readonly robot: Robot;
  readonly created: Date;
  status: string;
  retries: number;
}

/** An OAuth application. */
export interface Application {
  readonly clientId: string;
  readonly owner: Namespace;
  clientSecret: string;
  name: string;
  description: string;
  redirectUri: string;
  applicationUri: string;
  avatarEmail: string | null;
  /** By uuid. */
  readonly tokens: Map<string, AccessToken>;
}

/** An OAuth access token. */
export interface AccessToken {
  readonly id: number;
  readonly uuid: string;
  readonly token: string;
  readonly owner: Namespace;
  /** As given; one unknown word makes the whole set empty. */
  readonly scope: string;
  readonly name: string;
  readonly created: Date;
  readonly expires: Date;
  readonly application: Application | undefined;
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

/** All that the simulated server remembers: plain data with cycles, which structuredClone copies. */
export interface State {
  nextId: number;
  pageKey: string;
  /** Users and organizations by name. */
  readonly namespaces: Map<string, Namespace>;
  /** Users and organizations, and live repositories, in the order of their ids. */
  readonly namespaceOrder: Namespace[];
  readonly repositoryOrder: Repository[];
  /** Addresses of users (not organizations), which are unique. */
  readonly userEmails: Map<string, Namespace>;
  /** All robots by full name, and the index for the unescaped `_`. */
  readonly robots: Map<string, Robot>;
  readonly robotOwners: WildcardIndex;
  /** Names of deleted namespaces that the garbage collector has not reached, and what hung on them. */
  readonly deletedNamespaces: Map<string, Namespace>;
  readonly repositoriesWithTombstones: Set<Namespace>;
  readonly accessTokens: Map<string, AccessToken>;
  readonly applications: Map<string, Application>;
  readonly messages: Map<string, GlobalMessage>;
}

/** The next database id. */
export function takeId(state: State): number {
  state.nextId += 1;
  return state.nextId;
}
