import { RetryableError } from '../../errors/index.js';
import type { Change, ObservedQuota } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { listOf } from '../answer/fields.js';
import { address } from '../transport/address.js';
import type { Call } from '../transport/call.js';
import { quotaOf } from '../observe/organization-body.js';
import { create, remove } from './confirm.js';
import type { Applied, Applying } from './context.js';
import { requireFeature } from './require-feature.js';

type Of<T extends Change['type']> = Extract<Change, { readonly type: T }>;

function quotaCall(
  { calls }: Applying,
  method: Call['method'],
  path: { readonly id?: number; readonly limit?: number | 'new' },
  body?: unknown,
): Call {
  const ids = [path.id, path.limit].filter((id) => typeof id === 'number').map(String);
  const limit = path.limit === undefined ? '' : path.limit === 'new' ? '/limit' : '/limit/{limit}';
  const rest = path.id === undefined ? '/quota' : `/quota/{id}${limit}`;
  return calls.organization(method, rest, ids, { body, scope: method === 'GET' ? 'org:admin' : 'super:user' });
}

/** Superusers without full access may set a quota all the same, by a path of their own; not its limits, which have none there. */
async function quotaItself(
  applying: Applying,
  method: Call['method'],
  id: number | undefined,
  body?: unknown,
): Promise<Call> {
  const path = id === undefined ? {} : { id };
  if ((await applying.features()).superusersFullAccess) return quotaCall(applying, method, path, body);
  const { name } = applying.calls;
  const template = `superuser/organization/{organization}/quota${id === undefined ? '' : '/{id}'}`;
  const values = [name, ...(id === undefined ? [] : [String(id)])];
  return { method, organization: name, scope: 'super:user', body, ...address(template, ...values) };
}

async function readQuota(applying: Applying): Promise<ObservedQuota | null> {
  const call = quotaCall(applying, 'GET', {});
  return quotaOf(listOf(await applying.ask.read(call), asked(call), 'the answer'), asked(call));
}

/** Creates the quota, or changes its size. */
export async function setQuota(applying: Applying, { id, bytes }: Of<'SetQuota'>): Promise<Applied> {
  await requireFeature(applying, 'quota');
  const body = { limit_bytes: bytes };
  if (id !== undefined) {
    await applying.ask.must(await quotaItself(applying, 'PUT', id, body));
    return {};
  }
  return create(
    applying.ask,
    await quotaItself(applying, 'POST', undefined, body),
    async () => (await readQuota(applying))?.bytes === bytes,
  );
}

/** Deletes the quota with its limits. */
export async function deleteQuota(applying: Applying, id: number): Promise<void> {
  await requireFeature(applying, 'quota');
  await remove(applying.ask, await quotaItself(applying, 'DELETE', id));
}

/** Adds a limit, to the quota that is there now when its number is not known yet. */
export async function createQuotaLimit(applying: Applying, change: Of<'CreateQuotaLimit'>): Promise<Applied> {
  await requireFeature(applying, 'quota');
  const id = change.quotaId ?? (await readQuota(applying))?.id;
  if (id === undefined) {
    throw new RetryableError('QuayRefused', `${applying.calls.name} has no quota to put a limit on`, {
      hint: 'It was there a moment ago; Quay is read again.',
    });
  }
  const call = quotaCall(
    applying,
    'POST',
    { id, limit: 'new' },
    { type: change.limit, threshold_percent: change.percent },
  );
  return create(applying.ask, call, async () => {
    const limits = (await readQuota(applying))?.limits ?? [];
    return limits.some((limit) => limit.type === change.limit && limit.percent === change.percent);
  });
}

/** Removes a limit. */
export async function deleteQuotaLimit(applying: Applying, { quotaId, id }: Of<'DeleteQuotaLimit'>): Promise<void> {
  await requireFeature(applying, 'quota');
  await remove(applying.ask, quotaCall(applying, 'DELETE', { id: quotaId, limit: id }));
}
