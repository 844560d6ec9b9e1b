import { failure, saysGone } from '../client/answer.js';
import { type Call } from '../client/call.js';
import { type KubeClient } from '../client/kube-client.js';
import { backoff, type Clock, sleep, systemClock } from '../../clock/index.js';
import { type Fields, objectOrEmpty, type PatchStep, pointer } from '../../json/index.js';
import { objectPath, type ObjectName, resourceName, type ResourceType } from '../resource-type.js';
import { readObject } from './apply.js';

/** What to change in the live object; nothing when it is right already. */
export interface GuardedPatch {
  readonly type: ResourceType;
  readonly named: ObjectName;
  readonly manager: string;
  /** Asked again, with the newer object, when somebody else was faster. */
  readonly steps: (live: Fields) => readonly PatchStep[];
  /** The object as it was seen last: the first try goes by it, and asks nothing. It needs its `resourceVersion`. */
  readonly seen?: Fields | undefined;
  readonly clock?: Clock;
}

const attempts = 20;

/** Patches an object only in the state that the patch was made for, so that nobody else's change is lost. */
export async function patchGuarded(
  client: Pick<KubeClient, 'call'>,
  { type, named, manager, steps, seen, clock = systemClock }: GuardedPatch,
): Promise<'Unchanged' | 'Changed' | 'Gone'> {
  let shown = seen;
  for (let attempt = 1; ; attempt += 1) {
    const live = shown ?? (await readObject(client, type, named));
    shown = undefined;
    if (live === undefined) return 'Gone';
    const patch = steps(live);
    if (patch.length === 0) return 'Unchanged';
    const { resourceVersion } = objectOrEmpty(live.metadata);
    const call = guardedCall({ type, named, manager }, resourceVersion, patch);
    const answer = await client.call(call);
    if (answer.status === 200) return 'Changed';
    if (saysGone(answer)) return 'Gone';
    const moved =
      answer.status === 409 || (answer.status === 422 && (await hasMoved(client, type, named, resourceVersion)));
    if (!moved || attempt === attempts) throw failure(call, answer);
    await sleep(clock, backoff({ first: 10, most: 500 }, attempt));
  }
}

function guardedCall(
  { type, named, manager }: Pick<GuardedPatch, 'type' | 'named' | 'manager'>,
  resourceVersion: unknown,
  patch: readonly PatchStep[],
): Call {
  const guard: PatchStep = { op: 'test', path: pointer('metadata', 'resourceVersion'), value: resourceVersion };
  return {
    verb: 'patch',
    resource: resourceName(type),
    path: `${objectPath(type, named)}?${new URLSearchParams({ fieldManager: manager }).toString()}`,
    body: [guard, ...patch],
    contentType: 'application/json-patch+json',
  };
}

/** A `test` that fails is answered like a patch that makes no sense; only a look at the object tells them apart. */
async function hasMoved(
  client: Pick<KubeClient, 'call'>,
  type: ResourceType,
  named: ObjectName,
  from: unknown,
): Promise<boolean> {
  const live = await readObject(client, type, named);
  return objectOrEmpty(live?.metadata).resourceVersion !== from;
}
