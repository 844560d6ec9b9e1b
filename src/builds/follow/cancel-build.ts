import { buildCancelledAnnotation, managedByValue } from '../../api/index.js';
import { patchGuarded, resourceTypes } from '../../kube/index.js';
import { buildRecord } from '../import-record.js';
import { awaitsPushSecret, type AwaitingBuild, type Hopeless } from '../outlook.js';
import { type Fields, isRecord, type PatchStep, pointer } from '../../json/index.js';
import { annotationSteps } from './mark-build.js';
import { type FollowContext } from './options.js';

/** Cancels a Build as `oc cancel-build` does, if it still waits for the push secret that was named for it; gives whether it did. */
export async function cancelBuild(
  { client, log, onCancelled }: FollowContext,
  { namespace, name, uid }: AwaitingBuild,
  reason: Hopeless,
): Promise<boolean> {
  const outcome = await patchGuarded(client, {
    type: resourceTypes.build,
    named: { namespace, name },
    manager: managedByValue,
    steps: (live) => cancelSteps(live, uid, reason),
  });
  if (outcome !== 'Changed') return false;
  log.warn({ namespace, build: name, reason }, 'cancelled a build whose push secret will never come');
  onCancelled({ namespace, build: name, reason });
  return true;
}

function cancelSteps(live: Fields, uid: string, reason: Hopeless): readonly PatchStep[] {
  const build = buildRecord(live);
  if (build.uid !== uid || !awaitsPushSecret(build) || !build.awaited.own) return [];
  if (!isRecord(live.status) || live.status.cancelled === true) return [];
  return [
    { op: 'add', path: pointer('status', 'cancelled'), value: true },
    ...annotationSteps(live.metadata, { [buildCancelledAnnotation]: reason }),
  ];
}
