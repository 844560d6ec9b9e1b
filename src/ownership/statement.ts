import { createHash } from 'node:crypto';
import { type Origin, type OwnershipStatement } from '../api/index.js';

const version = 1;

/** The text that is signed: a list of strings in JSON, so that no value can pass for two. */
export function signedText(
  kind: 'mark' | 'record',
  keyID: string,
  statement: OwnershipStatement,
  more: readonly unknown[] = [],
): string {
  const { organization, clusterUID, clusterID, namespace, namespaceUID, requester, origin, evidence } = statement;
  return JSON.stringify([
    `quayside ${kind}`,
    version,
    keyID,
    organization,
    clusterUID,
    clusterID,
    namespace,
    namespaceUID,
    requester,
    origin,
    evidence,
    statement.serial,
    statement.revision,
    ...more,
  ]);
}

/** From the one that may be deleted to the one that never is. */
const careful: readonly Origin[] = ['created', 'predecessor', 'adopted'];

/** The statement that holds: the highest revision, and at equal revision the one with the most careful word. */
export function winner(one: OwnershipStatement, other: OwnershipStatement | undefined): OwnershipStatement {
  if (other === undefined) return one;
  if (one.revision !== other.revision) return one.revision > other.revision ? one : other;
  return careful.indexOf(other.origin) > careful.indexOf(one.origin) ? other : one;
}

/** Who requested a namespace, so that another statement about the same person shows nothing of it. */
export function requesterHash(serial: string, requester: string | undefined): string {
  if (requester === undefined || requester === '') return '';
  return createHash('sha256')
    .update(JSON.stringify([serial, requester]))
    .digest('base64url')
    .slice(0, 22);
}

/** Whether two statements say the same, whatever their revisions. */
export function saysTheSame(one: OwnershipStatement, other: OwnershipStatement): boolean {
  return signedText('mark', '', { ...one, revision: 0 }) === signedText('mark', '', { ...other, revision: 0 });
}
