import type { Simulator, SimulatorOptions } from '@quayside/simulator';

const scopes = ['org:admin', 'repo:admin', 'repo:create', 'repo:read', 'repo:write', 'user:admin', 'user:read'];

/** A Quay with people beside the user of the token, who can be invited, and whose teams can follow groups. */
export const withPeople: SimulatorOptions = {
  features: { MAILING: true, REQUIRE_TEAM_INVITE: true, TEAM_SYNCING: true, NONSUPERUSER_TEAM_SYNCING_SETUP: true },
  fixtures: {
    users: [{ name: 'admin', superuser: true }, { name: 'ann' }],
    credentials: {
      superuser: { owner: 'admin', scopes: [...scopes, 'super:user'] },
      ann: { owner: 'ann', scopes },
    },
  },
};

/** A call to Quay as somebody. */
export async function askAs<T = unknown>(
  quay: Simulator,
  credential: string,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(`${quay.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${quay.credentials[credential] ?? ''}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
