import { type Listing, type Unknown } from '../../api/index.js';
import { QuaysideError } from '../../errors/index.js';
import { type Fields, isRecord, objectOrEmpty, textOf } from '../../json/index.js';
import { failure } from '../client/answer.js';
import { type Answer, type ApiServer, type Call } from '../client/call.js';

const pageSize = 500;
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** What to list, and what to keep of each object. */
export interface ListRequest<T> {
  /** In the words of RBAC: `imagestreams.image.openshift.io`. */
  readonly resource: string;
  readonly path: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Names, labels and annotations are enough: spec and status stay on the server. */
  readonly light?: boolean;
  readonly keep: (object: Fields) => T;
  readonly signal?: AbortSignal;
}

/** What became of a list: its items and the moment that they show, or the answer that put an end to it. */
export type Listed<T> =
  { readonly items: readonly T[]; readonly resourceVersion: string } | { readonly call: Call; readonly answer: Answer };

/** Reads a list to its end, page by page. */
export async function listAll<T>(api: ApiServer, request: ListRequest<T>): Promise<Listed<T>> {
  const attempts = 3;
  for (let attempt = 1; ; attempt += 1) {
    // The server may forget where a list was before all pages are read. Where that happens again and again, one page takes all.
    const listed = await pages(api, request, attempt === attempts ? undefined : pageSize);
    if ('items' in listed || listed.answer.status !== 410 || attempt === attempts) return listed;
  }
}

async function pages<T>(api: ApiServer, request: ListRequest<T>, limit: number | undefined): Promise<Listed<T>> {
  const items: T[] = [];
  let size = limit;
  for (let token: string | undefined; ;) {
    const call = callFor(request, size, token);
    const answer = await api(call);
    if (answer.status === 413 && size !== 1) {
      // Tenants decide how large their objects are.
      size = Math.max(1, Math.floor((size ?? pageSize) / 8));
      continue;
    }
    // A list of nothing can come as null; an answer that is no list has no such field at all.
    const page = answer.body.items === null ? [] : answer.body.items;
    if (answer.status !== 200 || !Array.isArray(page)) return { call, answer };
    for (const object of page) if (isRecord(object)) items.push(request.keep(object));
    const metadata = objectOrEmpty(answer.body.metadata);
    token = textOf(metadata.continue);
    if (token === undefined) return { items, resourceVersion: textOf(metadata.resourceVersion) ?? '' };
  }
}

function callFor(request: ListRequest<unknown>, limit: number | undefined, token: string | undefined): Call {
  const { resource, path, light, signal } = request;
  const query = selection(request);
  if (limit !== undefined) query.set('limit', String(limit));
  if (token !== undefined) query.set('continue', token);
  const parameters = query.toString();
  return {
    verb: 'list',
    resource,
    path: parameters === '' ? path : `${path}?${parameters}`,
    ...(light === true && { accept: metadataOnly }),
    ...(signal !== undefined && { signal }),
  };
}

/** The part of a query that says which objects are meant. */
export function selection({
  labelSelector,
  fieldSelector,
}: Pick<ListRequest<unknown>, 'labelSelector' | 'fieldSelector'>): URLSearchParams {
  const query = new URLSearchParams();
  if (labelSelector !== undefined) query.set('labelSelector', labelSelector);
  if (fieldSelector !== undefined) query.set('fieldSelector', fieldSelector);
  return query;
}

/** The list, or why it is unknown. */
export async function listing<T>(api: ApiServer, request: ListRequest<T>): Promise<Listing<T>> {
  const listed = await listAll(api, request);
  if ('items' in listed) return { known: true, items: listed.items };
  return { known: false, ...unknownBecause(failure(listed.call, listed.answer)) };
}

/** An error as the reason why something is unknown. */
export function unknownBecause(error: Error): Unknown {
  if (!(error instanceof QuaysideError)) return { reason: error.message };
  const { message, code, hint } = error;
  return { reason: message, code, ...(hint !== undefined && { hint }) };
}
