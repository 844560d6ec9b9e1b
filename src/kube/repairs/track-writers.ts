import { failure, saysGone, succeeded } from '../client/answer.js';
import { type Call } from '../client/call.js';
import { type KubeClient } from '../client/kube-client.js';
import { type Fields, objectOrEmpty } from '../../json/index.js';
import { objectPath, type ObjectName, resourceName, type ResourceType } from '../resource-type.js';

/** Whether the API server notes who writes to an object: for one that was created without a field, it does not. */
export function isTracked(live: Fields | undefined): boolean {
  return live === undefined || objectOrEmpty(live.metadata).managedFields !== undefined;
}

/** Has the API server note from now on who writes to the object: an apply makes it begin, also one that states nothing. */
export async function trackWriters(
  client: Pick<KubeClient, 'call'>,
  { type, named }: { readonly type: ResourceType; readonly named: ObjectName },
  { live, manager }: { readonly live: Fields; readonly manager: string },
): Promise<void> {
  const { apiVersion, kind } = type;
  const call: Call = {
    verb: 'patch',
    resource: resourceName(type),
    path: `${objectPath(type, named)}?${new URLSearchParams({ fieldManager: manager }).toString()}`,
    // With its UID, so that one which is gone meanwhile is not made.
    body: { apiVersion, kind, metadata: { ...named, uid: objectOrEmpty(live.metadata).uid } },
    contentType: 'application/apply-patch+yaml',
  };
  const answer = await client.call(call);
  if (!succeeded(answer) && answer.status !== 409 && !saysGone(answer)) throw failure(call, answer);
}
