import { type Reason } from '../../api/index.js';
import { type OrganizationResult } from '../../converge/index.js';
import { type PullSecretProblem } from '../../pull-secrets/index.js';
import { type Judgement, stuck, underWay, wellDone } from './conditions.js';
import { exceptionsIn, inWords, isRefusedSecret, lackingIn } from './left-out.js';

/** What a look at an organization came to, and whether it should be tried again soon. */
export interface Verdict {
  readonly judgements: readonly Judgement[];
  /** Trying again may help. */
  readonly retry: boolean;
  /** Seconds that the other side asked to wait. */
  readonly retryAfter?: number | undefined;
}

/** What went wrong, in the words of one reason. */
interface Fault {
  readonly reason: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly retryable: boolean;
  readonly retryAfter?: number | undefined;
}

/** Judges an organization by what was done in Quay and with its pull secrets; `settled` is how it stands where nothing is left to do. */
export function verdictOf(
  result: OrganizationResult,
  problems: readonly PullSecretProblem[],
  settled: Verdict['judgements'] = standing(result),
): Verdict {
  if (result.reason === 'NamespaceGone') return calm(underWay('NamespaceGone', result.message ?? ''));
  if (result.verdict === 'Refused') return calm(stuck(result.reason ?? 'OrganizationNotOurs', result.message ?? ''));
  const faults = [
    ...faultsOf(result),
    ...problems.map(({ robot, message, ...rest }) => ({ ...rest, message: `${robot}: ${message}` })),
  ];
  const [first, ...others] = faults;
  if (first !== undefined) return failed(first, others, lackingIn(result).filter(isRefusedSecret));
  if (result.notDone.length > 0) {
    const [change] = result.notDone;
    return { judgements: underWay('Progressing', `still to do: ${change?.words ?? ''}`), retry: true };
  }
  return calm(settled);
}

/** How it stands with all done that could be done. */
function standing(result: OrganizationResult): Verdict['judgements'] {
  const lacking = lackingIn(result);
  const [first] = lacking;
  // What is there already may be what its Secret is refused for now.
  const where =
    first?.reason === 'SecretNotAllowed' ? 'it is stated, and left as it is in Quay' : 'it is stated, but not in Quay';
  if (first !== undefined) return stuck(first.reason, `${where}: ${inWords(lacking)}`);
  const exceptions = exceptionsIn(result);
  const but = exceptions.length === 0 ? '' : `, but for ${inWords(exceptions)}`;
  return wellDone('InStep', `all that is stated is in Quay${but}`);
}

function faultsOf({ failure, failed: changes, verdict }: OrganizationResult): readonly Fault[] {
  const interrupted: Fault[] =
    verdict === 'NotReached' && failure === undefined
      ? [{ reason: 'Interrupted', message: 'the work was stopped before', retryable: true }]
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

function failed(first: Fault, others: readonly Fault[], refused: ReturnType<typeof lackingIn>): Verdict {
  const retryable = [first, ...others].some((fault) => fault.retryable);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const hint = first.hint === undefined ? '' : `. ${first.hint}`;
  // Who names a Secret that is not his cannot hide that behind another fault.
  const also = refused.length === 0 ? '' : `. SecretNotAllowed: ${inWords(refused)}`;
  const words = `${first.message}${hint}${more}${also}`;
  const judgements = retryable ? underWay(first.reason as Reason, words) : stuck(first.reason as Reason, words);
  return { judgements, retry: retryable, retryAfter: first.retryAfter };
}

const calm = (judgements: readonly Judgement[]): Verdict => ({ judgements, retry: false });
