import { type Fields } from '../../json/index.js';
import { type ApiServer, type Call, failure, listAll, saysGone } from '../../kube/index.js';

/** One object of a cluster: there, not there, or unknown. */
export interface ReadObject {
  readonly known: boolean;
  readonly object?: Fields;
  /** Why it is unknown. */
  readonly reason?: string;
}

/** Reads one object; that its API is not there, or that it may not be read, is no error. */
export async function readOne(api: ApiServer, resource: string, path: string): Promise<ReadObject> {
  const call: Call = { verb: 'get', resource, path };
  const answer = await api(call);
  if (answer.status === 200) return { known: true, object: answer.body };
  if (saysGone(answer) || answer.status === 404) return { known: true };
  return { known: false, reason: failure(call, answer).message };
}

/** Reads a list; `undefined` where it cannot be read. */
export async function readSome(
  api: ApiServer,
  resource: string,
  path: string,
  labelSelector?: string,
): Promise<readonly Fields[] | undefined> {
  const listed = await listAll(api, {
    resource,
    path,
    keep: (object) => object,
    ...(labelSelector !== undefined && { labelSelector }),
  });
  if ('items' in listed) return listed.items;
  return listed.answer.status === 404 ? [] : undefined;
}
