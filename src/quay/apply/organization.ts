import { RetryableError, TerminalError } from '../../errors/index.js';
import type { Change } from '../../plan/index.js';
import { hasCode } from '../identity.js';
import { readOrganization } from '../observe/organization-body.js';
import { address } from '../transport/address.js';
import type { Applying } from './context.js';

type Of<T extends Change['type']> = Extract<Change, { readonly type: T }>;

/** Creates it. One that was there before is an error, unless an earlier try of the same call made it. */
export async function createOrganization({ ask, calls }: Applying, { email }: Of<'CreateOrganization'>): Promise<void> {
  const reply = await ask.request({
    method: 'POST',
    ...address('organization/'),
    scope: 'user:admin',
    body: { name: calls.name, ...(email === undefined ? {} : { email }) },
  });
  if (reply.outcome === 'done') return;
  const found = await readOrganization(ask, calls);
  if (reply.repeated && found?.full !== undefined) return;
  if (reply.outcome !== 'exists' || found !== undefined) throw reply.error();
  throw new TerminalError('Conflict', `${reply.error().message}; it is a user that has the name ${calls.name}`, {
    hint: 'Users and organizations share their names in Quay: rename the user, or map the namespace to another name.',
  });
}

/** Sets e-mail address and expiry of deleted tags. */
export async function updateOrganization({ ask, calls }: Applying, change: Of<'UpdateOrganization'>): Promise<void> {
  const body = {
    ...(change.email === undefined ? {} : { email: change.email }),
    ...(change.tagExpirationSeconds === undefined ? {} : { tag_expiration_s: change.tagExpirationSeconds }),
  };
  await ask.must(calls.organization('PUT', '', [], { body }));
}

/** Deletes it. That may take longer than anything waits, and Quay denies what is gone: then it is read again. */
export async function deleteOrganization({ ask, calls }: Applying): Promise<void> {
  try {
    const reply = await ask.request(calls.organization('DELETE', '', [], { slow: true, repeat: false }));
    if (reply.outcome === 'done' || reply.outcome === 'gone') return;
    if (await isGone()) return;
    throw reply.error();
  } catch (error) {
    const unclear =
      error instanceof RetryableError || hasCode(error, 'PermissionDenied', 'OrganizationGone', 'ScopeMissing');
    if (unclear && (await isGone())) return;
    throw error;
  }

  async function isGone(): Promise<boolean> {
    return (await readOrganization(ask, calls)) === undefined;
  }
}
