import type { Change } from '../../plan/index.js';
import { readMembers } from '../observe/teams.js';
import { create, createOnce, remove } from './confirm.js';
import type { Applied, Applying } from './context.js';
import { requireFeature } from './require-feature.js';

type Of<T extends Change['type']> = Extract<Change, { readonly type: T }>;

/** Creates or changes a team; a description that is left out stays. */
export async function putTeam(
  { ask, calls }: Applying,
  { team, role, description }: Pick<Of<'PutTeam'>, 'team' | 'role' | 'description'>,
): Promise<void> {
  const body = { role, ...(description === undefined ? {} : { description }) };
  const call = calls.organization('PUT', '/team/{team}', [team], { body });
  const reply = await ask.request(call);
  if (reply.outcome === 'done') return;
  // Two that create the same team at once may see an error although it is there: the second time it is a change.
  if (reply.outcome !== 'broken' && reply.outcome !== 'exists') throw reply.error();
  await ask.must(call);
}

/** Deletes a team with its permissions. */
export function deleteTeam({ ask, calls }: Applying, team: string): Promise<void> {
  return remove(ask, calls.organization('DELETE', '/team/{team}', [team]));
}

/** Adds a member. Where Quay invites, a second call would be a second invitation. */
export function addMember(applying: Applying, { team, member }: Of<'AddTeamMember'>): Promise<void> {
  const { ask, calls, names } = applying;
  const call = calls.organization('PUT', '/team/{team}/members/{member}', [team, names.fromMember(member)]);
  return createOnce(ask, call, async () => (await readMembers(applying, team)).members?.includes(member) === true);
}

/** Removes a member, or takes an invitation back. */
export function removeMember({ ask, calls, names }: Applying, { team, member }: Of<'RemoveTeamMember'>): Promise<void> {
  return remove(ask, calls.organization('DELETE', '/team/{team}/members/{member}', [team, names.fromMember(member)]));
}

/** Lets a team follow a group. Quay cannot change the group: it is released first. */
export async function syncTeam(applying: Applying, { team, group, replace }: Of<'SyncTeam'>): Promise<Applied> {
  await requireFeature(applying, 'teamSync');
  if (replace) await unsyncTeam(applying, team);
  const { groupDN, groupID, groupName } = group;
  const body = {
    ...(groupDN === undefined ? {} : { group_dn: groupDN }),
    ...(groupID === undefined ? {} : { group_id: groupID }),
    ...(groupName === undefined ? {} : { group_name: groupName }),
  };
  const call = applying.calls.organization('POST', '/team/{team}/syncing', [team], { body });
  return create(applying.ask, call, async () => {
    const { synced, sync } = await readMembers(applying, team);
    // Where Quay does not show the group there is nothing to compare.
    return synced === true && (sync === undefined || sameGroup(sync, group));
  });
}

function sameGroup(a: Of<'SyncTeam'>['group'], b: Of<'SyncTeam'>['group']): boolean {
  return a.groupDN === b.groupDN && a.groupID === b.groupID && a.groupName === b.groupName;
}

/** Lets a team follow no group any more; its members stay. */
export async function unsyncTeam(applying: Applying, team: string): Promise<void> {
  await requireFeature(applying, 'teamSync');
  await remove(applying.ask, applying.calls.organization('DELETE', '/team/{team}/syncing', [team]));
}
