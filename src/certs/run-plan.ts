import { RetryableError } from '../errors/index.js';
import { type Clock, sleep, systemClock } from '../clock/index.js';
import { type KubeClient, type Repair, type Repairs } from '../kube/index.js';
import { act } from './act.js';
import { type Facts } from './facts.js';
import { gather, type Gathered } from './gather.js';
import { type CertificateOptions } from './options.js';
import { type Plan, planFor, type Scope, type Step } from './plan.js';
import { stepRepair } from './step-repair.js';

/** Time, and when to stop. */
export interface Timing {
  /** What the clock on the wall says, in milliseconds. */
  readonly now?: () => number;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Between publishing a CA and using a leaf of it. Default 10 s. */
  readonly settleMilliseconds?: number;
}

/** Callbacks before and after a write. */
export interface Witness {
  readonly onStep?: (step: Step) => void;
  /** Asked before every write: whether we still may. */
  readonly mayWrite?: () => boolean;
  /** Where somebody else undoes what is written; without it nothing waits. */
  readonly repairs?: Pick<Repairs, 'attempt' | 'hold'>;
}

/** What was done, and what there is now. */
export interface Ran {
  readonly done: readonly Step[];
  readonly facts: Facts;
  readonly plan: Plan;
}

const attempts = 30;
const withoutMemory: NonNullable<Witness['repairs']> = { attempt: (_, write) => write(), hold: () => 0 };
const usual = { now: Date.now, clock: systemClock, settleMilliseconds: 10_000, repairs: withoutMemory };

/** Reads, decides and makes one write, again and again until nothing is left to be done. It may be cut off anywhere. */
export async function runPlan(
  client: Pick<KubeClient, 'call'>,
  options: CertificateOptions,
  scope: Scope,
  given: Timing & Witness = {},
): Promise<Ran> {
  const { now, clock, settleMilliseconds, signal, onStep, repairs } = { ...usual, ...given };
  const done: Step[] = [];
  let isTrustFresh = false;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const gathered = await gather(client, options);
    const fixture = { gathered, plan: planFor(gathered.facts, now(), scope), now: now() };
    const repairOf = (one: Step): Repair => stepRepair(one, options, fixture.plan);
    // One that has to wait holds up no other.
    const step = fixture.plan.steps.find((one) => repairs.hold(repairOf(one)) === 0);
    if (step === undefined || isOver(given)) return { done, facts: gathered.facts, plan: fixture.plan };
    if (step.act === 'MakeLeaf' && isTrustFresh) {
      // An API server learns the CA bundle a little later. After the wait the state is read again.
      await sleep(clock, settleMilliseconds, signal);
      isTrustFresh = false;
    } else if ((await repairs.attempt(repairOf(step), () => act(client, options, step, fixture))) === 'Written') {
      isTrustFresh ||= replacesTrust(step, gathered);
      done.push(step);
      onStep?.(step);
    }
  }
  throw new RetryableError('Conflict', 'another process keeps changing the certificates');
}

function isOver({ signal, mayWrite }: Timing & Witness): boolean {
  return signal?.aborted === true || mayWrite?.() === false;
}

/** Whether somebody was trusted before: where nobody was, nothing worked that could be broken by haste. */
function replacesTrust(step: Step, { facts }: Gathered): boolean {
  if (step.act !== 'Publish') return false;
  const before = facts.configurations.find(({ name }) => name === step.configuration);
  return before?.webhooks.some(({ certificates }) => certificates.length > 0) === true;
}
