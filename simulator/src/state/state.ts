import {
  type AccessToken,
  type Application,
  type AuditEntry,
  type Namespace,
  type Repository,
  type Robot,
} from './model.js';
import { type GlobalMessage } from './records.js';
import { type WildcardIndex } from './wildcard.js';

/** All that the simulated server remembers: plain data with cycles, which structuredClone copies. */
export interface State {
  nextId: number;
  pageKey: string;
  /** Users and organizations by name. */
  readonly namespaces: Map<string, Namespace>;
  /** Users and organizations in the order of their ids. */
  readonly namespaceOrder: Namespace[];
  /** Repositories in the order of their ids; deleted ones stay in until the garbage collector ran. */
  repositoryOrder: Repository[];
  /** Addresses of users (not organizations), which are unique. */
  readonly userEmails: Map<string, Namespace>;
  /** All robots by full name, and the index for the unescaped `_`. */
  readonly robots: Map<string, Robot>;
  readonly robotOwners: WildcardIndex;
  /** Names of deleted namespaces that the garbage collector has not reached, and what hung on them. */
  readonly deletedNamespaces: Map<string, Namespace>;
  readonly namespacesWithTombstones: Set<Namespace>;
  readonly accessTokens: Map<string, AccessToken>;
  readonly applications: Map<string, Application>;
  readonly messages: Map<string, GlobalMessage>;
  /** The oldest first. */
  readonly auditLog: AuditEntry[];
}

/** The next database id. */
export function takeId(state: State): number {
  state.nextId += 1;
  return state.nextId;
}
