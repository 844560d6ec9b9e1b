import type { Failure } from './failure.js';
import type { PendingOwnership } from '../ownership/index.js';
import { noDeletion, planOnly, type Policy, strictest } from '../policy/index.js';
import type { ConvergeInput } from './input.js';
import { type Remembered, rememberedIn } from './remembered.js';

const defaultConcurrency = 8;

/** One run over many organizations: what they share, and how it is stopped. */
export interface Run {
  readonly input: ConvergeInput;
  /** Whether the tokens of robots are asked for: that costs no call. */
  readonly withTokens: boolean;
  /** What may be done: judged once, by the plan. */
  readonly policy: Policy;
  /** Nothing is written: asked for, or the integration is suspended. */
  readonly readOnly: boolean;
  /** What is remembered of an organization, checked. */
  readonly remembered: (organization: string) => Remembered;
  /** Whether a person agreed to this. */
  readonly agrees: (pending: PendingOwnership) => boolean;
  readonly isStopped: () => boolean;
  readonly stop: (failure: Failure) => void;
  readonly stoppedBy: () => Failure | undefined;
  /** Works on several at a time; the results keep the order of the items. */
  readonly each: <T, R>(items: readonly T[], work: (item: T, at: number) => R | Promise<R>) => Promise<readonly R[]>;
}

/** Starts a run. The first failure that concerns the whole registry stops it. */
export function startRun(input: ConvergeInput, withTokens: boolean): Run {
  let stoppedBy: Failure | undefined;
  const remembered = new Map<string, Remembered>();
  const { concurrency = defaultConcurrency } = input.options;
  return {
    input,
    withTokens,
    policy: policyOfRun(input),
    readOnly: input.options.dryRun || input.integration.spec.suspend,
    remembered: (organization) => {
      const known = remembered.get(organization) ?? rememberedIn(input, organization);
      remembered.set(organization, known);
      return known;
    },
    agrees: (pending) => input.agreement?.agrees?.(pending) === true,
    isStopped: () => (stoppedBy ??= interruption(input.signal)) !== undefined,
    stop: (failure) => {
      stoppedBy ??= failure;
    },
    stoppedBy: () => stoppedBy,
    each: (items, work) => each(items, concurrency, work),
  };
}

/** What a run may do; what it was told comes before what it only plans. */
function policyOfRun({ policy = {}, integration, options, deletions }: ConvergeInput): Policy {
  const suspended = planOnly({ reason: 'Suspended', message: 'its integration is suspended' });
  return strictest(
    integration.spec.suspend ? { delete: suspended.delete } : {},
    policy,
    deletions === undefined ? noDeletion({ reason: 'DeletionHeld', message: 'this run deletes nothing' }) : {},
    integration.spec.suspend ? suspended : {},
    options.dryRun ? planOnly({ reason: 'DryRun', message: 'it is a dry run' }) : {},
  );
}

async function each<T, R>(
  items: readonly T[],
  concurrency: number,
  work: (item: T, at: number) => R | Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  // Shared: each lane takes the item after the one that any of them took last.
  const left = items.entries();
  const lane = async (): Promise<void> => {
    for (const [at, item] of left) results[at] = await work(item, at);
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return results;
}

function interruption(signal: AbortSignal | undefined): Failure | undefined {
  if (signal?.aborted !== true) return undefined;
  return {
    code: 'Interrupted',
    message: 'it was interrupted',
    hint: 'Run apply again: it continues where it stopped.',
    retryable: true,
  };
}
