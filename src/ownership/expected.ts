import { type OwnershipStatement } from '../api/index.js';
import { requesterHash } from './statement.js';

/** Whom an organization should belong to. */
export interface Expected {
  readonly clusterUID: string;
  readonly clusterID: string;
  /** Empty for a person's document without one. */
  readonly namespace: string;
  /** UID of that namespace; absent where it was not to be seen. */
  readonly namespaceUID?: string | undefined;
  /** Who requested it, where the cluster says so. */
  readonly requester?: string | undefined;
  /** The UID that this cluster had before, where a person said so. */
  readonly previousClusterUID?: string | undefined;
}

/** Whom a statement names, where that is somebody else. */
export function strangerIn(expected: Expected, statement: OwnershipStatement): string | undefined {
  const { clusterUID, clusterID, namespace } = statement;
  if (clusterID !== expected.clusterID) return `cluster ID ${clusterID}`;
  if (clusterUID !== expected.clusterUID && clusterUID !== expected.previousClusterUID)
    return `another cluster with the ID ${clusterID} (UID ${clusterUID})`;
  if (namespace === expected.namespace) return undefined;
  return namespace === '' ? 'a document without a namespace' : `namespace ${namespace}`;
}

/** Whether the namespace is still that of the statement, or one that the same person requested. */
export function tenancyOf(expected: Expected, statement: OwnershipStatement): 'Same' | 'Continued' | 'Other' {
  const { namespaceUID, requester } = expected;
  if (namespaceUID === undefined || namespaceUID === statement.namespaceUID) return 'Same';
  // All namespaces of a rebuilt cluster are new.
  if (statement.namespaceUID === '' || statement.clusterUID !== expected.clusterUID) return 'Continued';
  const isSamePerson = statement.requester !== '' && requesterHash(statement.serial, requester) === statement.requester;
  return isSamePerson ? 'Continued' : 'Other';
}

/** What a statement has to say now: the cluster and the namespace as they are. */
export function upToDate(expected: Expected, statement: OwnershipStatement): OwnershipStatement {
  const { clusterUID, namespaceUID, requester } = expected;
  const isKnown = namespaceUID !== undefined && namespaceUID !== statement.namespaceUID;
  return {
    ...statement,
    clusterUID,
    ...(isKnown && { namespaceUID, requester: requesterHash(statement.serial, requester) }),
  };
}
