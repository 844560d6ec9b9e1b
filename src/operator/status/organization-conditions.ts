import { type Reason } from '../../api/index.js';
import { type OrganizationResult } from '../../converge/index.js';
import { type PullSecretProblem } from '../../pull-secrets/index.js';
import { type NewCondition, stalledConditions, reconcilingConditions, readyCondition } from './conditions.js';
import { exceptionsIn, inWords, isRefusedSecret, lackingIn } from './left-out.js';

/** The conditions of an organization after a reconciliation, and whether to retry it soon. */
export interface ReconcileDecision {
  readonly newConditions: readonly NewCondition[];
  /** Trying again may help. */
  readonly retry: boolean;
  /** Seconds that the other side asked to wait. */
  readonly retryAfter?: number | undefined;
}

/** What went wrong, in the words of one reason. */
interface Fault {
  readonly reason: Reason;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly retryable: boolean;
  readonly retryAfter?: number | undefined;
}

/** The conditions of an organization after Quay and its pull secrets were reconciled; `upToDate` are those where nothing is left to do. */
export function decideConditions(
  result: OrganizationResult,
  problems: readonly PullSecretProblem[],
  upToDate: ReconcileDecision['newConditions'] = upToDateConditions(result),
): ReconcileDecision {
  if (result.reason === 'NamespaceGone') return calm(reconcilingConditions('NamespaceGone', result.message ?? ''));
  if (result.decision === 'Refused')
    return calm(stalledConditions(result.reason ?? 'OrganizationNotOurs', result.message ?? ''));
  const faults = [
    ...faultsOf(result),
    ...problems.map(({ robot, message, ...rest }) => ({ ...rest, message: `${robot}: ${message}` })),
  ];
  const [first, ...others] = faults;
  if (first !== undefined) return failed(first, others, lackingIn(result).filter(isRefusedSecret));
  if (result.notDone.length > 0) {
    const [change] = result.notDone;
    return { newConditions: reconcilingConditions('Progressing', `pending: ${change?.words ?? ''}`), retry: true };
  }
  return calm(upToDate);
}

/** The conditions where all that could be done is done. */
function upToDateConditions(result: OrganizationResult): ReconcileDecision['newConditions'] {
  const lacking = lackingIn(result);
  const [first] = lacking;
  // What is there already may be what its Secret is refused for now.
  const where =
    first?.reason === 'SecretNotAllowed'
      ? 'it is declared, and left as it is in Quay'
      : 'it is declared, but not in Quay';
  if (first !== undefined) return stalledConditions(first.reason, `${where}: ${inWords(lacking)}`);
  const exceptions = exceptionsIn(result);
  const but = exceptions.length === 0 ? '' : `, except for ${inWords(exceptions)}`;
  return readyCondition('Synced', `Quay matches the spec${but}`);
}

function faultsOf({ failure, failed: changes, decision }: OrganizationResult): readonly Fault[] {
  const interrupted: Fault[] =
    decision === 'NotReached' && failure === undefined
      ? [{ reason: 'Interrupted', message: 'the reconciliation was interrupted', retryable: true }]
      : [];
  return [
    ...(failure === undefined ? interrupted : [{ ...failure, reason: failure.code }]),
    ...changes.map(({ change, failure: one }) => ({
      ...one,
      reason: one.code,
      message: `could not ${change.words}: ${one.message}`,
    })),
  ];
}

function failed(first: Fault, others: readonly Fault[], refused: ReturnType<typeof lackingIn>): ReconcileDecision {
  const retryable = [first, ...others].some((fault) => fault.retryable);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const hint = first.hint === undefined ? '' : `. ${first.hint}`;
  // Who names a Secret that is not his cannot hide that behind another fault.
  const also = refused.length === 0 ? '' : `. SecretNotAllowed: ${inWords(refused)}`;
  const words = `${first.message}${hint}${more}${also}`;
  const newConditions = retryable ? reconcilingConditions(first.reason, words) : stalledConditions(first.reason, words);
  return { newConditions, retry: retryable, retryAfter: first.retryAfter };
}

const calm = (newConditions: readonly NewCondition[]): ReconcileDecision => ({ newConditions, retry: false });
