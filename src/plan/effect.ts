import type { Change } from './change.js';
import { match, type PerChange } from './match.js';

/** What a change does to its item. */
export type Effect = 'makes' | 'changes' | 'removes';

const makes = (): Effect => 'makes';
const changes = (): Effect => 'changes';
const removes = (): Effect => 'removes';

const effects: PerChange<Effect> = {
  CreateOrganization: makes,
  UpdateOrganization: changes,
  DeleteOrganization: removes,
  WriteMarker: changes,
  CreateRobot: makes,
  DeleteRobot: removes,
  PutTeam: (change) => (change.exists ? 'changes' : 'makes'),
  DeleteTeam: removes,
  AddTeamMember: makes,
  RemoveTeamMember: removes,
  SyncTeam: (change) => (change.replace ? 'changes' : 'makes'),
  UnsyncTeam: removes,
  CreateDefaultPermission: makes,
  UpdateDefaultPermission: changes,
  DeleteDefaultPermission: removes,
  SetQuota: (change) => (change.id === undefined ? 'makes' : 'changes'),
  DeleteQuota: removes,
  CreateQuotaLimit: makes,
  DeleteQuotaLimit: removes,
  CreateAutoPrune: makes,
  DeleteAutoPrune: removes,
  CreateImmutability: makes,
  UpdateImmutability: changes,
  DeleteImmutability: removes,
  SetProxyCache: (change) => (change.replace ? 'changes' : 'makes'),
  DeleteProxyCache: removes,
  CreateRepository: makes,
  DeleteRepository: removes,
  SetDescription: changes,
  SetVisibility: changes,
  SetPermission: (change) => (change.from === undefined ? 'makes' : 'changes'),
  DeletePermission: removes,
  SetMirror: (change) => (change.fields === undefined ? 'makes' : 'changes'),
  // Its configuration stays in Quay for good, and holds its robot.
  StopMirror: changes,
  CreateNotification: makes,
  DeleteNotification: removes,
  ResetNotification: changes,
};

/** Whether a change creates its item, changes it, or removes it. */
export function effectOf(change: Change): Effect {
  return match(effects, change);
}
