import type { ObservedTeam } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { type JsonObject, listIn, objectOf, optionalText } from '../answer/fields.js';
import type { Reading } from './context.js';
import { readGrants } from './grants.js';
import type { TeamEntry } from './organization-body.js';

/** Adds members and permissions to the teams that need them. */
export async function completeTeams(
  reading: Reading,
  teams: readonly TeamEntry[],
  exists: (repository: string) => boolean,
): Promise<readonly ObservedTeam[]> {
  const { teamMembers, teamPermissions } = reading.needs;
  return Promise.all(
    teams.map(async ({ repositoryCount, ...team }) => {
      const [members, permissions] = await Promise.all([
        teamMembers.includes(team.name) ? readMembers(reading, team.name) : {},
        teamPermissions.includes(team.name) ? readTeamGrants(reading, team.name, repositoryCount, exists) : undefined,
      ]);
      return { ...team, ...members, permissions };
    }),
  );
}

async function readTeamGrants(
  { ask, calls }: Reading,
  team: string,
  repositoryCount: number | undefined,
  exists: (repository: string) => boolean,
): Promise<ObservedTeam['permissions']> {
  // The count may be too high for a while, never too low.
  if (repositoryCount === 0) return [];
  return readGrants(ask, calls.organization('GET', '/team/{team}/permissions', [team]), exists);
}

/** Members, those invited included, and the group that they follow where Quay shows it. */
export async function readMembers(
  { ask, calls, names }: Pick<Reading, 'ask' | 'calls' | 'names'>,
  team: string,
): Promise<Pick<ObservedTeam, 'members' | 'sync' | 'synced'>> {
  const call = calls.organization('GET', '/team/{team}/members?includePending=true', [team]);
  const source = asked(call);
  const body = objectOf(await ask.read(call), source, 'the team');
  const members = new Set<string>();
  for (const entry of listIn(body, 'members', source)) {
    // Somebody invited by mail has an address and no name.
    const name = optionalText(objectOf(entry, source, 'a member'), 'name', source);
    if (name !== undefined) members.add(names.member(name));
  }
  return { members: [...members].sort(), ...syncOf(body, source) };
}

function syncOf(body: JsonObject, source: string): Pick<ObservedTeam, 'sync' | 'synced'> {
  if (body.synced === undefined || body.synced === null || body.synced === false) return {};
  const synced = objectOf(body.synced, source, 'synced');
  if (synced.config === undefined || synced.config === null) return { synced: true };
  const config = objectOf(synced.config, source, 'config');
  const group = (key: string): string | undefined => optionalText(config, key, source);
  return {
    synced: true,
    sync: { groupDN: group('group_dn'), groupID: group('group_id'), groupName: group('group_name') },
  };
}
