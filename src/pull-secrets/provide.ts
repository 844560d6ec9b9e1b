import { QuaysideError } from '../errors/index.js';
import { keyOf, linkPullSecret } from '../kube/index.js';
import { fieldManager } from '../api/index.js';
import { isLinked, seenAccount } from './account-state.js';
import { type PullSecretInput, type PullSecretProblem } from './input.js';
import { problemOf } from './problem.js';
import { linkRepair } from './repairs.js';
import { type DesiredSecret } from './desired-secret.js';
import { undone } from './undone.js';
import { type Written, writeSecret } from './write-secret.js';

/** How far one robot's pull secret is. */
export interface Provided extends Written {
  /** Its service account lists it. */
  readonly linked: boolean;
  readonly problem?: PullSecretProblem;
}

/** Writes one pull secret and then links it; `refused` is why it must not be written at all. */
export async function provide(input: PullSecretInput, declared: DesiredSecret, refused?: Error): Promise<Provided> {
  const { namespace, name, serviceAccount, robot } = declared;
  const account = input.accounts.get(keyOf(namespace, serviceAccount));
  const linked = isLinked(account, name);
  let secret: Written = { written: false, writes: 0 };
  try {
    if (refused !== undefined) throw refused;
    secret = await writeSecret(input, declared);
    // An account that is not there yet brings its organization up again when it appears.
    const isAbsent = account === undefined && input.accounts.synced();
    if (!secret.written || linked || isAbsent || input.terminating === true) return { ...secret, linked };
    const link = {
      namespace,
      serviceAccount,
      secret: name,
      linked: true,
      manager: fieldManager,
      seen: seenAccount(account),
    };
    const outcome = await input.repairs.attempt(linkRepair(input.organization, declared), () =>
      linkPullSecret(input.client, link),
    );
    if (outcome === 'Held')
      return { ...secret, linked, waitsFor: undone(`it was taken off the service account ${serviceAccount}`) };
    return { ...secret, linked: outcome !== 'Gone', writes: secret.writes + (outcome === 'Changed' ? 1 : 0) };
  } catch (error) {
    // A namespace that goes takes its secrets along: that is no failure.
    const goes = error instanceof QuaysideError && error.code === 'NamespaceGone';
    return goes
      ? { ...secret, linked, waitsFor: `the namespace ${namespace} is terminating or gone` }
      : { ...secret, linked, problem: problemOf(robot, error) };
  }
}
