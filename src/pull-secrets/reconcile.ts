import PQueue from 'p-queue';
import { type RobotStatus } from '../api/index.js';
import { type PullSecretInput, type PullSecretOutcome } from './input.js';
import { claimedTwice } from './check-secret.js';
import { provide, type Provided } from './provide.js';
import { removeSecret, staleSecrets } from './remove.js';
import { desiredSecrets, type DesiredSecret } from './desired-secret.js';

const atOnce = 3;

/**
 * Reconciles the pull secrets of an organization and the lists of their service accounts. A failure is reported
 * of and keeps no other robot from its own; where the caches show that all is right, no call is made.
 */
export async function reconcilePullSecrets(input: PullSecretInput): Promise<PullSecretOutcome> {
  const declared = desiredSecrets(input.organization, input.host);
  const refused = claimedTwice(declared);
  const queue = new PQueue({ concurrency: atOnce });
  const provided = await queue.addAll(declared.map((one) => () => provide(input, one, refused.get(one))));
  const ready = new Set(declared.filter((_, at) => provided[at]?.written === true).map(({ robot }) => robot));
  const stale = staleSecrets(input, declared, ready);
  const removed = await queue.addAll(stale.map((secret) => () => removeSecret(input, secret)));
  return {
    robots: declared.flatMap((one, at) => statusOf(input, one, provided[at])),
    problems: [...provided, ...removed].flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
    writes: [...provided, ...removed].reduce((sum, { writes }) => sum + writes, 0),
  };
}

function statusOf(
  { exists }: PullSecretInput,
  { robot, serviceAccount, name }: DesiredSecret,
  provided: Provided | undefined,
): RobotStatus[] {
  if (provided === undefined) return [];
  const { written, linked, problem, waitsFor } = provided;
  const isThere = exists(robot);
  const message =
    problem?.message ??
    (isThere ? waitsFor : 'the robot is not in Quay with its role yet') ??
    (linked ? undefined : `the service account ${serviceAccount} is not there`);
  return [
    {
      name: robot,
      serviceAccount,
      secret: name,
      ready: isThere && written,
      linked,
      ...(message !== undefined && { message }),
    },
  ];
}
