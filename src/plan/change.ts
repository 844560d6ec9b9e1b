import type {
  AutoPrunePolicy,
  GranteeKind,
  ImmutabilityPolicy,
  Mirror,
  Notification,
  ProxyCache,
  RepositoryRole,
  Team,
} from '../api/index.js';
import type { Action } from '../policy/index.js';

/** Where a policy stands: on one repository, or on the whole organization. */
interface PolicyScope {
  readonly repository?: string;
}

/**
 * One call (or one small group of calls that belong together) that changes one organization in Quay. Robots are named by
 * their short name; secrets only by reference. The union is closed: a new kind of change is a new member here, a line in
 * the words, and a case in the client.
 */
export type Change =
  | { readonly type: 'CreateOrganization'; readonly email?: string }
  | { readonly type: 'UpdateOrganization'; readonly email?: string; readonly tagExpirationSeconds?: number }
  | { readonly type: 'DeleteOrganization' }
  /** The team that says whose organization this is. */
  | { readonly type: 'WriteMarker'; readonly description: string }
  | { readonly type: 'CreateRobot'; readonly robot: string; readonly description: string }
  | { readonly type: 'DeleteRobot'; readonly robot: string }
  | {
      readonly type: 'PutTeam';
      readonly team: string;
      readonly role: Team['role'];
      readonly description?: string;
      /** Whether it exists already. */
      readonly exists: boolean;
      /** Its role so far, where that changes. */
      readonly from?: Team['role'];
    }
  | { readonly type: 'DeleteTeam'; readonly team: string }
  | { readonly type: 'AddTeamMember'; readonly team: string; readonly member: string }
  | { readonly type: 'RemoveTeamMember'; readonly team: string; readonly member: string }
  | {
      readonly type: 'SyncTeam';
      readonly team: string;
      readonly group: NonNullable<Team['sync']>;
      readonly replace: boolean;
    }
  | { readonly type: 'UnsyncTeam'; readonly team: string }
  | {
      readonly type: 'CreateDefaultPermission';
      readonly kind: GranteeKind;
      readonly name: string;
      readonly creator: string;
      readonly role: RepositoryRole;
    }
  | {
      readonly type: 'UpdateDefaultPermission';
      readonly id: string;
      readonly kind: GranteeKind;
      readonly name: string;
      readonly creator: string;
      readonly role: RepositoryRole;
      readonly from: RepositoryRole;
    }
  | {
      readonly type: 'DeleteDefaultPermission';
      readonly id: string;
      readonly kind: GranteeKind;
      readonly name: string;
      readonly creator: string;
      readonly role: RepositoryRole;
    }
  | { readonly type: 'SetQuota'; readonly id?: number; readonly bytes: number; readonly from?: number }
  | { readonly type: 'DeleteQuota'; readonly id: number }
  /** Without `quotaId` the quota was made in the same plan. */
  | {
      readonly type: 'CreateQuotaLimit';
      readonly quotaId?: number;
      readonly limit: 'Warning' | 'Reject';
      readonly percent: number;
    }
  | {
      readonly type: 'DeleteQuotaLimit';
      readonly quotaId: number;
      readonly id: number;
      readonly limit: 'Warning' | 'Reject';
      readonly percent: number;
    }
  | (PolicyScope & { readonly type: 'CreateAutoPrune'; readonly policy: AutoPrunePolicy })
  | (PolicyScope & { readonly type: 'DeleteAutoPrune'; readonly uuid: string; readonly policy: AutoPrunePolicy })
  | (PolicyScope & { readonly type: 'CreateImmutability'; readonly policy: ImmutabilityPolicy })
  | (PolicyScope & { readonly type: 'UpdateImmutability'; readonly uuid: string; readonly policy: ImmutabilityPolicy })
  | (PolicyScope & {
      readonly type: 'DeleteImmutability';
      readonly uuid: string;
      readonly tagPattern: string;
      /** False: it was about all other tags. Default: true. */
      readonly tagPatternMatches?: boolean;
    })
  /** Quay has no update: `replace` deletes first. */
  | { readonly type: 'SetProxyCache'; readonly proxyCache: ProxyCache; readonly replace: boolean }
  | { readonly type: 'DeleteProxyCache' }
  | {
      readonly type: 'CreateRepository';
      readonly repository: string;
      readonly visibility: 'private' | 'public';
      readonly description: string;
    }
  | { readonly type: 'DeleteRepository'; readonly repository: string }
  | { readonly type: 'SetDescription'; readonly repository: string; readonly description: string }
  | { readonly type: 'SetVisibility'; readonly repository: string; readonly visibility: 'private' | 'public' }
  | {
      readonly type: 'SetPermission';
      readonly repository: string;
      readonly kind: GranteeKind;
      readonly name: string;
      readonly role: RepositoryRole;
      readonly from?: RepositoryRole;
    }
  | {
      readonly type: 'DeletePermission';
      readonly repository: string;
      readonly kind: GranteeKind;
      readonly name: string;
    }
  /** `fields` names what differs; absent when the mirror is made. */
  | {
      readonly type: 'SetMirror';
      readonly repository: string;
      readonly mirror: Mirror;
      readonly fields?: readonly (keyof Mirror)[];
    }
  /** Quay has no delete: it is switched off and the repository made writable again. */
  | { readonly type: 'StopMirror'; readonly repository: string }
  | { readonly type: 'CreateNotification'; readonly repository: string; readonly notification: Notification }
  | { readonly type: 'DeleteNotification'; readonly repository: string; readonly uuid: string; readonly title: string }
  | { readonly type: 'ResetNotification'; readonly repository: string; readonly uuid: string; readonly title: string };

/** `widening` gives somebody more than before; `destructive` loses something that cannot be had back. */
export type Risk = 'additive' | 'change' | 'widening' | 'destructive';

/** A change with what a reader wants to know of it. */
export interface PlannedChange {
  readonly change: Change;
  /** What it is to a policy. */
  readonly action: Action;
  readonly risk: Risk;
  /** One line: `create robot builder`. */
  readonly words: string;
  /** Name of the item in the inventory, where we keep one: `robot/builder`. */
  readonly managedItem?: string;
}
