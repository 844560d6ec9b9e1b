import type { ObservedOrganization, ObservedRepository } from '../../plan/index.js';
import { hasCode } from '../identity.js';
import type { Reading } from './context.js';
import { readDefaultPermissions } from './default-permissions.js';
import { hidden, type TokenFacts } from './hidden.js';
import { searchLeftOut } from './left-out.js';
import type { Observation } from './observation.js';
import { type OrganizationBody, readOrganization } from './organization-body.js';
import { readAutoPrune, readImmutability } from './policies.js';
import { readProxyCache } from './proxy-cache.js';
import { readRepositories } from './repositories.js';
import { completeRepository } from './repository-details.js';
import { completeRobots, readRobots, type RobotList } from './robots.js';
import { completeTeams } from './teams.js';

/** How to observe. */
export interface ObserveOptions {
  /** Reads the robots' tokens as well. */
  readonly tokens?: boolean;
  /** Looks for what cannot be held, with a few calls more. */
  readonly leftOut?: boolean;
}

/** Reads an organization, all or nothing: one list that fails fails the observation. */
export async function observe(reading: Reading, token: TokenFacts, options: ObserveOptions): Promise<Observation> {
  const body = await readOrganization(reading.ask, reading.calls);
  if (body === undefined) return { state: 'Absent' };
  if (body.full === undefined) return hidden(reading.calls, token);
  try {
    return await observeInside(reading, body.full, options);
  } catch (error) {
    // An ordinary member sees the teams, but no list.
    if (!body.admin && hasCode(error, 'NotOrganizationAdmin', 'PermissionDenied', 'ScopeMissing')) {
      return hidden(reading.calls, token);
    }
    throw error;
  }
}

type Full = NonNullable<OrganizationBody['full']>;

async function observeInside(reading: Reading, full: Full, options: ObserveOptions): Promise<Observation> {
  const { ask, calls, names } = reading;
  const [defaultPermissions, [repositories, list], policies] = await Promise.all([
    readDefaultPermissions(ask, calls, names),
    repositoriesThenRobots(reading, options.tokens === true),
    readOrganizationPolicies(reading),
  ]);
  const known = new Set(repositories.map(({ name }) => name));
  const exists = (repository: string): boolean => known.has(repository);
  const [robots, teams, completed, leftOut] = await Promise.all([
    completeRobots(reading, list.robots, exists),
    completeTeams(reading, full.teams, exists),
    completeRepositories(reading, repositories),
    options.leftOut === true ? searchLeftOut(reading, list.robots) : [],
  ]);
  const { email, tagExpirationSeconds, quota, invoices } = full;
  return {
    state: 'Observed',
    organization: {
      name: calls.name,
      email,
      tagExpirationSeconds,
      teams,
      robots,
      foreignRobots: list.foreign,
      defaultPermissions,
      repositories: completed,
      quota,
      ...policies,
    },
    tokens: options.tokens === true ? list.tokens : undefined,
    leftOut: [...(invoices ? ['e-mail address for invoices'] : []), ...leftOut],
  };
}

/**
 * The list of repositories is the only one that answers a token which just died with an empty list instead of an error. The robots
 * are read after it: when they come, the token was good for both.
 */
async function repositoriesThenRobots(
  reading: Reading,
  tokens: boolean,
): Promise<readonly [readonly ObservedRepository[], RobotList]> {
  const repositories = await readRepositories(reading.ask, reading.calls);
  return [repositories, await readRobots(reading, tokens)];
}

async function readOrganizationPolicies({
  ask,
  calls,
  needs,
  features,
}: Reading): Promise<Pick<ObservedOrganization, 'autoPrune' | 'immutability' | 'proxyCache'>> {
  if (!needs.autoPrune && !needs.immutability && !needs.proxyCache) return {};
  const offered = await features();
  const [autoPrune, immutability, proxyCache] = await Promise.all([
    needs.autoPrune && offered.autoPrune ? readAutoPrune(ask, calls) : undefined,
    needs.immutability && offered.immutability ? readImmutability(ask, calls) : undefined,
    needs.proxyCache && offered.proxyCache ? readProxyCache(ask, calls) : undefined,
  ]);
  return { autoPrune, immutability, proxyCache };
}

async function completeRepositories(
  reading: Reading,
  repositories: readonly ObservedRepository[],
): Promise<readonly ObservedRepository[]> {
  const { needs, features } = reading;
  if (Object.keys(needs.repositories).length === 0) return repositories;
  const offered = await features();
  return Promise.all(
    repositories.map(async (repository) => {
      const needed = needs.repositories[repository.name];
      return needed === undefined ? repository : completeRepository(reading, offered, repository, needed);
    }),
  );
}
