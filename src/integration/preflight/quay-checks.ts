import { type QuayIntegration } from '../../api/index.js';
import { QuaysideError } from '../../errors/index.js';
import { type Needs } from '../../plan/index.js';
import { type Features, nothingMore, type Quay } from '../../quay/index.js';
import { quayAddress } from '../../names/index.js';
import { quayUrl } from '../quay-url.js';
import { type Check, failed, ok, skipped, warning } from './check.js';

/** The part of Quay that the checks look at. */
export type QuayProbe = Pick<Quay, 'features' | 'observe' | 'whoAmI' | 'missingScopes'>;

const enough = 3;

/** The address as the integration gives it; nothing is sent. */
export function checkHostname({ spec }: QuayIntegration): readonly Check[] {
  try {
    const url = quayUrl(spec);
    const { host } = quayAddress(spec.quayHostname);
    if (url.startsWith('http:')) {
      return [warning('hostname', `${host} is called without TLS`, 'Write https:// or leave the scheme out.')];
    }
    if (!spec.insecureRegistry) return [ok('hostname', host)];
    const hint = 'Name a certificateAuthority instead, and take insecureRegistry out.';
    return [warning('hostname', `${host}: insecureRegistry accepts any certificate`, hint)];
  } catch (error) {
    return [failed('hostname', error)];
  }
}

/** Connection, features, token and permissions, in this order; what a failure leaves without meaning is skipped. */
export async function checkQuay(quay: QuayProbe, organizations: readonly string[]): Promise<readonly Check[]> {
  const reached = await reach(quay);
  if (reached.features === undefined) {
    return [...reached.checks, ...['token', 'scopes', 'organizations'].map((name) => skipped(name, 'no connection'))];
  }
  const identity = await quay.whoAmI().catch((error: unknown) => failed('token', error));
  if ('outcome' in identity) {
    return [...reached.checks, identity, ...['scopes', 'organizations'].map((name) => skipped(name, 'no valid token'))];
  }
  const { superuser } = identity;
  const missing = await quay.missingScopes().catch((error: unknown) => failed('scopes', error));
  return [
    ...reached.checks,
    ok('token', `of ${identity.username}${superuser ? ', a superuser' : ''}`),
    'outcome' in missing ? missing : scopes(superuser, missing, reached.features),
    await membership(quay, organizations),
  ];
}

async function reach(quay: QuayProbe): Promise<{ checks: readonly Check[]; features?: Features }> {
  try {
    const features = await quay.features();
    const version = features.version === '' ? 'Quay answers' : `Quay ${features.version} answers`;
    return { checks: [ok('connection', version), offered(features)], features };
  } catch (error) {
    const name = error instanceof QuaysideError && error.code === 'TLSVerificationFailed' ? 'TLS' : 'connection';
    return { checks: [failed(name, error), skipped('features', 'no connection')] };
  }
}

function offered(features: Features): Check {
  const named = {
    quota: 'quotas',
    autoPrune: 'auto-prune',
    immutability: 'immutable tags',
    mirror: 'mirrors',
    proxyCache: 'proxy caches',
    teamSync: 'synchronised teams',
    tagExpiration: 'the expiry of deleted tags',
  } as const;
  const missing = (Object.keys(named) as (keyof typeof named)[])
    .filter((key) => !features[key])
    .map((key) => named[key]);
  if (missing.length === 0) return ok('features', 'everything that documents can declare');
  return ok('features', `all but ${missing.join(', ')}; documents that declare these are refused`);
}

const neededFor: Readonly<Record<string, string>> = {
  'user:admin': 'no organization can be created',
  'org:admin': 'nothing can be made in an organization',
  'repo:admin': 'nobody can be given a role on a repository',
};

function scopes(superuser: boolean, missing: readonly string[], features: Features): Check {
  if (missing.length > 0) {
    const words = missing.map(
      (scope) => `the token lacks the scope ${scope}, without which ${neededFor[scope] ?? 'something fails'}`,
    );
    return { name: 'scopes', outcome: 'failed', message: words.join('; '), hint: 'Make a token with all scopes.' };
  }
  if (!superuser) return ok('scopes', 'organizations of its own user; those of others stay closed to it');
  if (features.superusersFullAccess) return ok('scopes', 'every organization');
  return ok('scopes', 'organizations of its own user, and lists of all: superusers have no full access in this Quay');
}

/** Looks at a few of the organizations that are going to be written. */
async function membership(quay: QuayProbe, organizations: readonly string[]): Promise<Check> {
  const needs: Needs = nothingMore;
  let seen = 0;
  for (const organization of organizations.slice(0, enough)) {
    try {
      const observation = await quay.observe(organization, needs);
      if (observation.state === 'Hidden') {
        const hint = "Add the token's owner to the team owners of the organization.";
        return { name: 'organizations', outcome: 'failed', message: observation.message, hint };
      }
      if (observation.state === 'Observed') seen += 1;
    } catch (error) {
      return failed('organizations', error);
    }
  }
  const looked = Math.min(enough, organizations.length);
  return ok('organizations', `${seen} of ${looked} that were checked exist, and may be administered`);
}
