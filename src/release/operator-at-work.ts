import { sleep, systemClock } from '../clock/index.js';
import { type Fields } from '../json/index.js';
import { type KubeClient, readObject, resourceTypes } from '../kube/index.js';

/** The Lease of the operator. */
export interface OperatorLease {
  readonly namespace: string;
  readonly name: string;
}

interface Held {
  readonly holder: string;
  readonly milliseconds: number;
  readonly version: unknown;
}

const lookEvery = 500;

/** Who holds the Lease, as far as one read can show: a process that was killed leaves its name in it. */
export async function leaseHolder(client: Pick<KubeClient, 'call'>, lease: OperatorLease): Promise<string | undefined> {
  return (await look(client, lease))?.holder;
}

/**
 * The operator that is at work, if there is one. One that was stopped has let the Lease go; one that was killed does not
 * renew it for as long as it holds. The times that stand in it are another machine's, so they do not count.
 */
export async function operatorAtWork(
  client: Pick<KubeClient, 'call'>,
  lease: OperatorLease,
): Promise<string | undefined> {
  const first = await look(client, lease);
  if (first === undefined) return undefined;
  const until = systemClock.now() + first.milliseconds + lookEvery;
  while (systemClock.now() < until) {
    await sleep(systemClock, lookEvery);
    const later = await look(client, lease);
    if (later === undefined) return undefined;
    if (later.version !== first.version) return later.holder;
  }
  return undefined;
}

async function look(client: Pick<KubeClient, 'call'>, lease: OperatorLease): Promise<Held | undefined> {
  const live = await readObject(client, resourceTypes.lease, lease);
  if (live === undefined) return undefined;
  const [spec, metadata] = [(live.spec ?? {}) as Fields, (live.metadata ?? {}) as Fields];
  const { holderIdentity, leaseDurationSeconds } = spec;
  if (typeof holderIdentity !== 'string' || holderIdentity === '') return undefined;
  const seconds = typeof leaseDurationSeconds === 'number' ? leaseDurationSeconds : 0;
  return { holder: holderIdentity, milliseconds: seconds * 1000, version: metadata.resourceVersion };
}
