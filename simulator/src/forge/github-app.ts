import { refuse } from './github-refusal.js';
import type { Asked, Said, StandIn } from './stand-in.js';

const installationId = 99;

/** What an App is answered: who it is by a JSON web token, and a token of an installation, long as they are today. */
export function app({ method, path }: Asked, standIn: StandIn, authorization: string): Said {
  const [, claims = ''] = authorization.replace('Bearer ', '').split('.');
  const {
    iat = 0,
    exp = 0,
    iss,
  } = claims === '' ? {} : (JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, number>);
  if (iss === undefined || exp - iat > 600) return refuse(401, "'Issuer' claim ('iss') must be an Integer");
  if (method === 'GET') return { status: 200, body: { id: installationId, app_slug: 'quayside' } };
  if (!path.includes(`/${installationId}/`)) return refuse(404, 'Not Found');
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  return { status: 201, body: { token: standIn.token, expires_at, permissions: {}, repository_selection: 'selected' } };
}
