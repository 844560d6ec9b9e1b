import { InvalidInput, RetryableError, TerminalError } from '../errors/index.js';
import { sleep, systemClock } from '../clock/index.js';
import { type KubeClient } from '../kube/index.js';
import { gather } from './gather.js';
import { type CertificateOptions } from './options.js';
import { planFor, type Scope, type Step } from './plan.js';
import { revokedIn } from './revoke.js';
import { type Ran, runPlan, type Timing, type Witness } from './run-plan.js';
import { type CertificateState, stateOf } from './state.js';

/** What was done, and how the certificates stand now. */
export interface CertificateOutcome {
  readonly done: readonly Step[];
  /** What would be done next: in a dry run all of it, else nothing. */
  readonly pending: readonly Step[];
  readonly state: CertificateState;
}

/** How long to wait for what others have to bring. */
export interface Patience extends Timing, Witness {
  /** For a webhook configuration that is not there yet, or for whoever makes the certificates. Default 60 s. */
  readonly waitMilliseconds?: number;
  readonly onWait?: (state: CertificateState) => void;
  /** Fingerprints of authorities that nobody is to trust any more. Only where we make the certificates. */
  readonly revoke?: readonly string[];
}

/**
 * Makes what is missing or cannot be used, publishes it, and never replaces what is good. Where others make certificates it
 * only looks. An error when the API server would not trust the webhook in the end.
 */
export async function ensureCertificates(
  client: Pick<KubeClient, 'call'>,
  options: CertificateOptions,
  patience: Patience = {},
): Promise<CertificateOutcome> {
  const { waitMilliseconds = 60_000, onWait, clock = systemClock, signal } = patience;
  const deadline = clock.now() + waitMilliseconds;
  const revoked = await revokedOf(client, options, patience.revoke);
  const done: Step[] = [];
  for (let hasWaited = false; ;) {
    const outcome = await pass(client, options, { renew: false, revoked }, patience);
    done.push(...outcome.done);
    const { state } = outcome;
    if (state.ready) return { ...outcome, done };
    const hopeless = state.reason === 'CertificateAuthorityUnusable' || signal?.aborted === true;
    if (hopeless || clock.now() >= deadline) throw faultOf(state);
    if (!hasWaited) onWait?.(state);
    hasWaited = true;
    await sleep(clock, Math.min(1_000, deadline - clock.now()), signal);
  }
}

/** What the elected operator does at an interval: the same, and it renews what is past two thirds of its life. */
export async function renewCertificates(
  client: Pick<KubeClient, 'call'>,
  options: CertificateOptions,
  timing: Timing & Witness = {},
): Promise<CertificateOutcome> {
  return pass(client, options, { renew: true }, timing);
}

/** What `ensureCertificates` would do, without a write. */
export async function planCertificates(
  client: Pick<KubeClient, 'call'>,
  options: CertificateOptions,
  { now = Date.now, revoke }: Pick<Patience, 'now' | 'revoke'> = {},
): Promise<CertificateOutcome> {
  const revoked = await revokedOf(client, options, revoke);
  const { facts } = await gather(client, options);
  if (options.flavour !== 'job') return { done: [], pending: [], state: stateOf(facts, now(), options.flavour) };
  const { steps, refusal } = planFor(facts, now(), { renew: false, revoked });
  return { done: [], pending: steps, state: stateOf(facts, now(), options.flavour, refusal) };
}

async function pass(
  client: Pick<KubeClient, 'call'>,
  options: CertificateOptions,
  scope: Scope,
  timing: Timing & Witness,
): Promise<CertificateOutcome> {
  const { flavour } = options;
  const now = timing.now ?? Date.now;
  if (flavour !== 'job') {
    const { facts } = await gather(client, options);
    return { done: [], pending: [], state: stateOf(facts, now(), flavour) };
  }
  const { done, facts, plan }: Ran = await runPlan(client, options, scope, timing);
  return { done, pending: plan.steps, state: stateOf(facts, now(), flavour, plan.refusal) };
}

async function revokedOf(
  client: Pick<KubeClient, 'call'>,
  options: CertificateOptions,
  revoke: readonly string[] = [],
): Promise<ReadonlySet<string>> {
  if (revoke.length === 0) return new Set();
  if (options.flavour === 'job') return revokedIn((await gather(client, options)).facts, revoke);
  const message = `with the flavour ${options.flavour} the CA is not made here; revoke it where it is made`;
  throw new InvalidInput([{ path: '--revoke', message }]);
}

function faultOf({ reason, message }: CertificateState): Error {
  return reason === 'CertificateAuthorityUnusable'
    ? new TerminalError(reason, message, { hint: 'Delete that Secret to have one made, or use cert-manager.' })
    : new RetryableError(reason, message);
}
