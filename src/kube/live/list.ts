import { type Listing } from '../../api/index.js';
import { type Fields, isRecord, recordOf, textOf } from '../fields.js';
import { type Answer, type ApiServer, type Call, failure } from './api-server.js';

const pageSize = 500;
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** What to list, and what to keep of each object. */
export interface ListRequest<T> {
  /** In the words of RBAC: `imagestreams.image.openshift.io`. */
  readonly resource: string;
  readonly path: string;
  readonly fieldSelector?: string;
  /** Names, labels and annotations are enough: spec and status stay on the server. */
  readonly light?: boolean;
  readonly keep: (object: Fields) => T;
}

/** What became of a list: its items, or the answer that put an end to it. */
export type Listed<T> = { readonly items: readonly T[] } | { readonly call: Call; readonly answer: Answer };

/** Reads a list to its end, page by page. */
export async function listAll<T>(api: ApiServer, request: ListRequest<T>): Promise<Listed<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const listed = await pages(api, request);
    // The server has forgotten where this list was: it has to be read from its beginning.
    if ('items' in listed || listed.answer.status !== 410 || attempt === 3) return listed;
  }
}

async function pages<T>(api: ApiServer, request: ListRequest<T>): Promise<Listed<T>> {
  const items: T[] = [];
  let token: string | undefined;
  do {
    const call = callFor(request, token);
    const answer = await api(call);
    const page = answer.body.items;
    if (answer.status !== 200 || !Array.isArray(page)) return { call, answer };
    for (const object of page) if (isRecord(object)) items.push(request.keep(object));
    token = textOf(recordOf(answer.body.metadata).continue);
  } while (token !== undefined);
  return { items };
}

function callFor({ resource, path, fieldSelector, light }: ListRequest<unknown>, token: string | undefined): Call {
  const query = new URLSearchParams({ limit: String(pageSize) });
  if (fieldSelector !== undefined) query.set('fieldSelector', fieldSelector);
  if (token !== undefined) query.set('continue', token);
  return {
    verb: 'list',
    resource,
    path: `${path}?${query.toString()}`,
    ...(light === true && { accept: metadataOnly }),
  };
}

/** The list, or why it is unknown. */
export async function listing<T>(api: ApiServer, request: ListRequest<T>): Promise<Listing<T>> {
  const listed = await listAll(api, request);
  if ('items' in listed) return { known: true, items: listed.items };
  return { known: false, reason: failure(listed.call, listed.answer).message };
}
