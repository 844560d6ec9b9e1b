import PQueue from 'p-queue';
import { type Failure, failureOf } from '../converge/index.js';
import { TerminalError } from '../errors/index.js';
import { type KubeClient } from '../kube/index.js';
import { heldConfiguration } from './held-configuration.js';
import { heldNamespaces, heldOrganizations } from './held-objects.js';
import { leaseHolder, operatorAtWork, type OperatorLease } from './operator-at-work.js';
import { type ReleasedObject, type ReleaseReport } from './report.js';
import { type Work } from './work.js';

export interface ReleaseInput {
  readonly client: KubeClient;
  readonly lease: OperatorLease;
  /** Only report what would be released. */
  readonly dryRun: boolean;
  /** Also while an operator is at work. */
  readonly force?: boolean;
}

const atOnce = 8;

/**
 * Lets everything go that waits for an operator which is no longer there, so that it can be deleted. Nothing is deleted in
 * Quay, and no pull secret is touched. A failure does not stop the rest.
 */
export async function release({ client, lease, dryRun, force = false }: ReleaseInput): Promise<ReleaseReport> {
  if (!dryRun && !force) await refuseWhileAtWork(client, lease);
  const operator = dryRun ? await leaseHolder(client, lease) : undefined;
  const unread: Failure[] = [];
  const work: Work[] = [];
  for (const gather of [heldOrganizations, heldNamespaces, heldConfiguration]) {
    try {
      work.push(...(await gather(client)));
    } catch (error) {
      unread.push(failureOf(error));
    }
  }
  const queue = new PQueue({ concurrency: atOnce });
  const objects = await queue.addAll(work.map((one) => () => (dryRun ? pending(one) : done(one))));
  return { dryRun, ...(operator !== undefined && { operator }), objects, unread };
}

async function refuseWhileAtWork(client: KubeClient, lease: OperatorLease): Promise<void> {
  const holder = await operatorAtWork(client, lease);
  if (holder === undefined) return;
  throw new TerminalError(
    'OperatorRunning',
    `${holder} holds the Lease ${lease.namespace}/${lease.name}: it is running`,
    {
      hint: `Remove the operator first, for one with kubectl delete deployment quayside -n ${lease.namespace}; --force continues anyway.`,
    },
  );
}

async function pending(work: Work): Promise<ReleasedObject> {
  return Promise.resolve({ ...named(work), outcome: 'Pending' });
}

async function done(work: Work): Promise<ReleasedObject> {
  try {
    return { ...named(work), outcome: await work.make() };
  } catch (error) {
    return { ...named(work), outcome: 'Failed', failure: failureOf(error) };
  }
}

function named({ kind, name, finalizers }: Work): Omit<ReleasedObject, 'outcome'> {
  return { kind, name, ...(finalizers !== undefined && { finalizers }) };
}
