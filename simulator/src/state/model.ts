import { type JsonObject } from '../http/json.js';
import {
  type AppToken,
  type AutoPrunePolicy,
  type ImmutabilityPolicy,
  type Label,
  type Notification,
  type ProxyCache,
  type Quota,
  type RepositoryRole,
  type Tag,
  type TeamRole,
} from './records.js';

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
  /** The group of an outside directory that fills the team. */
  sync: { readonly service: string; readonly config: JsonObject } | undefined;
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

/** A row of the audit log. Its namespace is looked up when it is read: its name may be another one by then. */
export interface AuditEntry {
  readonly kind: string;
  readonly metadata: JsonObject;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly performer: Namespace | undefined;
  readonly namespace: Namespace | undefined;
}

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
