import { failure, saysGone } from '../client/answer.js';
import { type Call } from '../client/call.js';
import { type KubeClient } from '../client/kube-client.js';
import { objectPath, type ObjectName, resourceName, type ResourceType } from '../resource-type.js';

/** The object that is meant: one of the same name that came after it is another one. */
export interface Preconditions {
  readonly uid: string;
  /** Only in the state that was read. */
  readonly resourceVersion?: string;
}

/** Deletes the object that was read. `Replaced` when there is another of its name, or it has changed. */
export async function deleteObject(
  client: Pick<KubeClient, 'call'>,
  type: ResourceType,
  named: ObjectName,
  preconditions: Preconditions,
): Promise<'Deleted' | 'Gone' | 'Replaced'> {
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions };
  const call: Call = { verb: 'delete', resource: resourceName(type), path: objectPath(type, named), body };
  const answer = await client.call(call);
  if (answer.status === 200 || answer.status === 202) return 'Deleted';
  if (saysGone(answer)) return 'Gone';
  if (answer.status === 409) return 'Replaced';
  throw failure(call, answer);
}
