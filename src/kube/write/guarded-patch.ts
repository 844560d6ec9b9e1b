import { failure, saysGone } from '../client/answer.js';
import { type Call } from '../client/call.js';
import { type KubeClient } from '../client/kube-client.js';
import { backoff } from '../clock/backoff.js';
import { type Clock, systemClock } from '../clock/clock.js';
import { sleep } from '../clock/sleep.js';
import { type Fields, recordOf } from '../fields.js';
import { objectPath, type ObjectName, resourceName, type ResourceType } from '../resource-type.js';
import { readObject } from './apply.js';
import { type PatchStep, pointer } from './json-patch.js';

/** What to change in an object, judged from the live one; nothing when it is right already. */
export interface GuardedPatch {
  readonly type: ResourceType;
  readonly named: ObjectName;
  readonly manager: string;
  /** Asked again, with the newer object, when somebody else was faster. */
  readonly steps: (live: Fields) => readonly PatchStep[];
  readonly clock?: Clock;
}

const attempts = 20;

/** Patches an object only in the state that the patch was made for, so that nobody else's change is lost. */
export async function patchGuarded(
  client: Pick<KubeClient, 'call'>,
  { type, named, manager, steps, clock = systemClock }: GuardedPatch,
): Promise<'Unchanged' | 'Changed' | 'Gone'> {
  for (let attempt = 1; ; attempt += 1) {
    const live = await readObject(client, type, named);
    if (live === undefined) return 'Gone';
    const patch = steps(live);
    if (patch.length === 0) return 'Unchanged';
    const { resourceVersion } = recordOf(live.metadata);
    const guard: PatchStep = { op: 'test', path: pointer('metadata', 'resourceVersion'), value: resourceVersion };
    const call: Call = {
      verb: 'patch',
      resource: resourceName(type),
      path: `${objectPath(type, named)}?${new URLSearchParams({ fieldManager: manager }).toString()}`,
      body: [guard, ...patch],
      contentType: 'application/json-patch+json',
    };
    const answer = await client.call(call);
    if (answer.status === 200) return 'Changed';
    if (saysGone(answer)) return 'Gone';
    // A `test` that fails is answered like a patch that makes no sense; only a look at the object tells them apart.
    const contended =
      answer.status === 409 || (answer.status === 422 && (await hasMoved(client, type, named, resourceVersion)));
    if (!contended || attempt === attempts) throw failure(call, answer);
    await sleep(clock, backoff({ first: 10, most: 500 }, attempt));
  }
}

async function hasMoved(
  client: Pick<KubeClient, 'call'>,
  type: ResourceType,
  named: ObjectName,
  from: unknown,
): Promise<boolean> {
  const live = await readObject(client, type, named);
  return recordOf(live?.metadata).resourceVersion !== from;
}
