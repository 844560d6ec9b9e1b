import { failure, saysGone, succeeded } from '../client/answer.js';
import { type Answer, type Call } from '../client/call.js';
import { type KubeClient } from '../client/kube-client.js';
import { type Fields, objectOrEmpty, textOf } from '../../json/index.js';
import { objectPath, type ObjectName, resourceName, type ResourceType } from '../resource-type.js';
import { needsApply } from './needs-apply.js';

/** An object as it is meant to be: all fields that this manager declares, and no others. */
export interface ApplyRequest {
  readonly type: ResourceType;
  /** Its `apiVersion` and `kind` may be left out. */
  readonly object: Fields;
  readonly manager: string;
  /** The live object where it is known, with its `managedFields` if at all possible; it is asked for otherwise. */
  readonly live?: Fields;
  /** Apply `status` instead of the object itself. */
  readonly subresource?: 'status';
  /** Leave fields alone that another manager has applied, with an error that says so. */
  readonly polite?: boolean;
}

/** What became of it. Only `Unchanged` was no write. */
export interface Applied {
  readonly outcome: 'Unchanged' | 'Changed' | 'Created' | 'Gone';
  /** The live object; empty when it is gone. */
  readonly object: Fields;
}

/** Server-side apply, made only when it would change something. `Gone` is for a status whose object is not there. */
export async function applyObject(client: KubeClient, request: ApplyRequest): Promise<Applied> {
  const { type, manager, subresource } = request;
  const { apiVersion, kind } = type;
  const object = { ...request.object, apiVersion, kind };
  const named = nameOf(object);
  const live = request.live ?? (await readObject(client, type, named));
  if (live === undefined && subresource !== undefined) return { outcome: 'Gone', object: {} };
  const ownership = { manager, apiVersion, ...(subresource !== undefined && { subresource }) };
  if (live !== undefined && !needsApply(live, object, ownership)) return { outcome: 'Unchanged', object: live };

  const call = applyCall(request, object, named);
  const answer = await client.call(call);
  if (succeeded(answer)) return { outcome: outcomeOf(answer, live), object: answer.body };
  if (subresource !== undefined && saysGone(answer)) return { outcome: 'Gone', object: {} };
  throw failure(call, answer);
}

function outcomeOf({ status, body }: Answer, before: Fields | undefined): Applied['outcome'] {
  if (status === 201) return 'Created';
  return before !== undefined && versionOf(before) === versionOf(body) ? 'Unchanged' : 'Changed';
}

function applyCall(
  { type, manager, subresource, polite = false }: ApplyRequest,
  body: Fields,
  named: ObjectName,
): Call {
  const query = new URLSearchParams({ fieldManager: manager, force: String(!polite) });
  return {
    verb: 'patch',
    resource: resourceName(type, subresource),
    path: `${objectPath(type, named, subresource)}?${query.toString()}`,
    body,
    // JSON is YAML; the API server takes this patch under no other name.
    contentType: 'application/apply-patch+yaml',
  };
}

/** The live object; undefined when the API server itself says that it is not there. */
export async function readObject(
  client: Pick<KubeClient, 'call'>,
  type: ResourceType,
  named: ObjectName,
): Promise<Fields | undefined> {
  const call: Call = { verb: 'get', resource: resourceName(type), path: objectPath(type, named) };
  const answer = await client.call(call);
  if (answer.status === 200) return answer.body;
  if (saysGone(answer)) return undefined;
  throw failure(call, answer);
}

function nameOf({ metadata }: Fields): ObjectName {
  const { namespace, name } = objectOrEmpty(metadata);
  const inside = textOf(namespace);
  return { name: textOf(name) ?? '', ...(inside !== undefined && { namespace: inside }) };
}

function versionOf({ metadata }: Fields): unknown {
  return objectOrEmpty(metadata).resourceVersion;
}
