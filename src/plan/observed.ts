import type { GranteeKind, RepositoryRole } from '../api/index.js';

/**
 * One organization as Quay showed it. `undefined` on an optional field means that it was not read, or that Quay does not
 * offer it: unknown is never taken for empty. Robots are named by their short name. No field can hold a credential.
 */
export interface ObservedOrganization {
  readonly name: string;
  /** Empty when none is set. */
  readonly email: string;
  readonly tagExpirationSeconds: number;
  readonly teams: readonly ObservedTeam[];
  readonly robots: readonly ObservedRobot[];
  /** Full names outside `<organization>+` that Quay's robot list showed: its `_` takes any character. */
  readonly foreignRobots: readonly string[];
  readonly defaultPermissions: readonly ObservedDefaultPermission[];
  readonly repositories: readonly ObservedRepository[];
  /** `null`: read, and there is none. */
  readonly quota?: ObservedQuota | null;
  readonly autoPrune?: readonly ObservedAutoPrune[];
  readonly immutability?: readonly ObservedImmutability[];
  readonly proxyCache?: ObservedProxyCache | null;
}

export interface ObservedTeam {
  readonly name: string;
  readonly role: 'member' | 'creator' | 'admin';
  readonly description: string;
  /** Users by name, robots as `+short`, a robot of another organization by its full name; invited users included. */
  readonly members?: readonly string[];
  readonly synced?: boolean;
  /** The group, where Quay shows it. */
  readonly sync?: { readonly groupDN?: string; readonly groupID?: string; readonly groupName?: string };
  readonly permissions?: readonly RepositoryGrant[];
}

export interface ObservedRobot {
  readonly name: string;
  readonly description: string;
  /** Repositories it has a permission on (only such as exist). */
  readonly repositories: readonly string[];
  /** The same with roles, when roles were read. */
  readonly permissions?: readonly RepositoryGrant[];
}

export interface RepositoryGrant {
  readonly repository: string;
  readonly role: RepositoryRole;
}

export interface ObservedDefaultPermission {
  readonly id: string;
  readonly role: RepositoryRole;
  readonly kind: GranteeKind;
  /** Short name of a robot of this organization; full name of another's. */
  readonly name: string;
  /** Empty for everybody; robots of this organization as `+short`. */
  readonly creator: string;
}

export interface ObservedRepository {
  readonly name: string;
  readonly visibility: 'private' | 'public';
  readonly description: string;
  /** NORMAL, READ_ONLY, MIRROR or ORG_MIRROR. */
  readonly state: string;
  /** Direct permissions of users (not robots), when read. */
  readonly userPermissions?: readonly { readonly name: string; readonly role: RepositoryRole }[];
  readonly autoPrune?: readonly ObservedAutoPrune[];
  readonly immutability?: readonly ObservedImmutability[];
  readonly mirror?: ObservedMirror | null;
  readonly notifications?: readonly ObservedNotification[];
}

export interface ObservedQuota {
  readonly id: number;
  readonly bytes: number;
  readonly limits: readonly { readonly id: number; readonly type: 'Warning' | 'Reject'; readonly percent: number }[];
}

export interface ObservedAutoPrune {
  readonly uuid: string;
  readonly numberOfTags?: number;
  readonly olderThan?: string;
  readonly tagPattern?: string;
  readonly tagPatternMatches: boolean;
}

export interface ObservedImmutability {
  readonly uuid: string;
  readonly tagPattern: string;
  readonly tagPatternMatches: boolean;
}

export interface ObservedProxyCache {
  readonly upstreamRegistry: string;
  readonly expirationSeconds: number;
  readonly insecure: boolean;
}

export interface ObservedMirror {
  readonly externalReference: string;
  readonly tags: readonly string[];
  /** Short name. */
  readonly robot: string;
  readonly intervalSeconds: number;
  readonly enabled: boolean;
  readonly verifyTLS: boolean;
  readonly unsignedImages: boolean;
  readonly timeoutSeconds?: number;
  readonly architectures?: readonly string[];
  readonly proxy: { readonly httpProxy?: string; readonly httpsProxy?: string; readonly noProxy?: string };
  readonly username?: string;
}

export interface ObservedNotification {
  readonly uuid: string;
  readonly title: string;
  readonly event: string;
  readonly method: string;
  readonly vulnerabilityLevel?: string;
  readonly imageExpiryDays?: number;
  readonly email?: string;
  readonly target?: { readonly kind: string; readonly name: string };
  readonly template?: string;
  /** Quay stops telling after three. */
  readonly failures: number;
}

/** What to read beside the four calls that every observation makes; follows from what is declared. */
export interface Needs {
  /** One more call per robot that has repositories, and per team named in `teamPermissions`. */
  readonly roles: boolean;
  readonly teamPermissions: readonly string[];
  readonly teamMembers: readonly string[];
  readonly autoPrune: boolean;
  readonly immutability: boolean;
  readonly proxyCache: boolean;
  readonly repositories: Readonly<Record<string, RepositoryNeeds>>;
}

export interface RepositoryNeeds {
  readonly userPermissions?: boolean;
  readonly autoPrune?: boolean;
  readonly immutability?: boolean;
  readonly mirror?: boolean;
  readonly notifications?: boolean;
}
