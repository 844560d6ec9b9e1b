import type { GranteeKind } from '../api/index.js';
import type { Change } from './change.js';

const grantee = (kind: GranteeKind, name: string): string => `${kind} ${name}`;
const member = (name: string): string =>
  name.startsWith('+') ? grantee('robot', name.slice(1)) : grantee('user', name);

/** What other changes can only be made after this one was. */
export function provides(change: Change): readonly string[] {
  switch (change.type) {
    case 'CreateOrganization':
    case 'WriteMarker':
      return ['organization'];
    case 'CreateRobot':
      return [grantee('robot', change.robot)];
    case 'PutTeam':
      return change.exists ? [] : [grantee('team', change.team)];
    // A team that follows a group takes no members.
    case 'UnsyncTeam':
      return [`members of ${change.team}`];
    case 'SetQuota':
      return ['quota'];
    case 'CreateRepository':
      return [`repository ${change.repository}`];
    case 'CreateNotification':
      return [`notification ${change.repository} ${change.notification.title}`];
    default:
      return [];
  }
}

/** What has to be there for this change. */
export function requires(change: Change): readonly string[] {
  return ['organization', ...own(change), ...('repository' in change ? [`repository ${change.repository ?? ''}`] : [])];
}

function own(change: Change): readonly string[] {
  switch (change.type) {
    case 'AddTeamMember':
      return [grantee('team', change.team), `members of ${change.team}`, member(change.member)];
    case 'SyncTeam':
      return [grantee('team', change.team)];
    case 'CreateDefaultPermission':
      return [grantee(change.kind, change.name), member(change.creator)];
    case 'SetPermission':
      return [grantee(change.kind, change.name)];
    case 'CreateQuotaLimit':
    case 'DeleteQuotaLimit':
      return ['quota'];
    case 'SetMirror':
      return [grantee('robot', change.mirror.robot)];
    // What takes its place comes first.
    case 'DeleteNotification':
      return [`notification ${change.repository} ${change.title}`];
    default:
      return [];
  }
}
