import type { ObservedQuota, ObservedTeam } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import {
  flagOr,
  type JsonObject,
  listIn,
  listOf,
  numberIn,
  objectOf,
  textIn,
  textOr,
  unexpected,
  wordIn,
} from '../answer/fields.js';
import type { Ask } from '../ask.js';
import type { CallsIn } from '../calls-in.js';
import { byName } from './context.js';

/** A team as the organization shows it. */
export type TeamEntry = ObservedTeam & {
  /** Repositories that it has a permission on; deleted ones may still count. */
  readonly repositoryCount: number | undefined;
};

/** What `GET organization` returns. */
export interface OrganizationBody {
  /** Absent: Quay shows only the side for the public, or for members. */
  readonly full?: {
    readonly email: string;
    readonly tagExpirationSeconds: number;
    readonly teams: readonly TeamEntry[];
    readonly quota?: ObservedQuota | null;
    readonly invoices: boolean;
  };
  readonly admin: boolean;
}

/** Reads the organization; `undefined` when there is none. */
export async function readOrganization(ask: Ask, calls: CallsIn): Promise<OrganizationBody | undefined> {
  const call = calls.organization('GET', '');
  const answer = await ask.find(call);
  if (answer === undefined) return undefined;
  const source = asked(call);
  const body = objectOf(answer, source, 'the organization');
  if (textIn(body, 'name', source) !== calls.name) throw unexpected(source, 'it is about another organization');
  const admin = body.is_admin === true;
  // An ordinary member sees the teams, but not what only administrators may.
  if (body.teams === undefined || (!admin && body.tag_expiration_s === undefined)) return { admin };
  return {
    admin,
    full: {
      email: emailOf(textOr(body, 'email', '', source)),
      tagExpirationSeconds: numberIn(body, 'tag_expiration_s', source),
      teams: teamsOf(objectOf(body.teams, source, 'teams'), source),
      quota: body.quotas === undefined ? undefined : quotaOf(listIn(body, 'quotas', source), source),
      invoices: flagOr(body, 'invoice_email', false, source),
    },
  };
}

/** Versions up to 3.17 invent an address where none was given. */
function emailOf(email: string): string {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(email) ? '' : email;
}

function teamsOf(teams: JsonObject, source: string): readonly TeamEntry[] {
  return Object.entries(teams)
    .map(([name, value]): TeamEntry => {
      const team = objectOf(value, source, 'a team');
      return {
        name,
        role: wordIn(team, 'role', ['member', 'creator', 'admin'], source),
        description: textOr(team, 'description', '', source),
        synced: typeof team.is_synced === 'boolean' ? team.is_synced : undefined,
        repositoryCount: typeof team.repo_count === 'number' ? team.repo_count : undefined,
      };
    })
    .sort(byName);
}

/** The organization's own quota; the registry's default shows up without an id and is not one. */
export function quotaOf(quotas: readonly unknown[], source: string): ObservedQuota | null {
  for (const entry of quotas) {
    const quota = objectOf(entry, source, 'a quota');
    if (quota.id === null || quota.id === undefined) continue;
    return {
      id: numberIn(quota, 'id', source),
      bytes: numberIn(quota, 'limit_bytes', source),
      limits: limitsOf(listOf(quota.limits ?? [], source, 'limits'), source),
    };
  }
  return null;
}

/** The limits of a quota. */
export function limitsOf(limits: readonly unknown[], source: string): ObservedQuota['limits'] {
  return limits.map((entry) => {
    const limit = objectOf(entry, source, 'a limit');
    return {
      id: numberIn(limit, 'id', source),
      type: wordIn(limit, 'type', ['Warning', 'Reject'], source),
      percent: numberIn(limit, 'limit_percent', source),
    };
  });
}
