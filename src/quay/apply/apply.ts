import { markerTeam } from '../../ownership/index.js';
import { type Change } from '../../plan/index.js';
import type { Applied, Applying } from './context.js';
import { createDefaultPermission, deleteDefaultPermission, updateDefaultPermission } from './default-permissions.js';
import { setMirror, stopMirror } from './mirror.js';
import { createNotification, deleteNotification, resetNotification } from './notifications.js';
import { createOrganization, deleteOrganization, updateOrganization } from './organization.js';
import { deletePermission, setPermission } from './permissions.js';
import {
  createAutoPrune,
  createImmutability,
  deleteAutoPrune,
  deleteImmutability,
  updateImmutability,
} from './policies.js';
import { deleteProxyCache, setProxyCache } from './proxy-cache.js';
import { createQuotaLimit, deleteQuota, deleteQuotaLimit, setQuota } from './quota.js';
import { createRepository, deleteRepository, setDescription, setVisibility } from './repositories.js';
import { createRobot, deleteRobot } from './robots.js';
import { addMember, deleteTeam, putTeam, removeMember, syncTeam, unsyncTeam } from './teams.js';

type Steps = {
  readonly [T in Change['type']]: (
    applying: Applying,
    change: Extract<Change, { readonly type: T }>,
  ) => Promise<Applied | void>;
};

/** One step for each kind of change; the compiler misses none. */
const steps: Steps = {
  CreateOrganization: createOrganization,
  UpdateOrganization: updateOrganization,
  DeleteOrganization: deleteOrganization,
  WriteMarker: (applying, { description }) => putTeam(applying, { team: markerTeam, role: 'member', description }),
  CreateRobot: (applying, { robot, description }) => createRobot(applying, robot, description),
  DeleteRobot: (applying, { robot }) => deleteRobot(applying, robot),
  PutTeam: putTeam,
  DeleteTeam: (applying, { team }) => deleteTeam(applying, team),
  AddTeamMember: addMember,
  RemoveTeamMember: removeMember,
  SyncTeam: syncTeam,
  UnsyncTeam: (applying, { team }) => unsyncTeam(applying, team),
  CreateDefaultPermission: createDefaultPermission,
  UpdateDefaultPermission: updateDefaultPermission,
  DeleteDefaultPermission: (applying, { id }) => deleteDefaultPermission(applying, id),
  SetQuota: setQuota,
  DeleteQuota: (applying, { id }) => deleteQuota(applying, id),
  CreateQuotaLimit: createQuotaLimit,
  DeleteQuotaLimit: deleteQuotaLimit,
  CreateAutoPrune: createAutoPrune,
  DeleteAutoPrune: deleteAutoPrune,
  CreateImmutability: createImmutability,
  UpdateImmutability: updateImmutability,
  DeleteImmutability: deleteImmutability,
  SetProxyCache: setProxyCache,
  DeleteProxyCache: deleteProxyCache,
  CreateRepository: createRepository,
  DeleteRepository: (applying, { repository }) => deleteRepository(applying, repository),
  SetDescription: setDescription,
  SetVisibility: setVisibility,
  SetPermission: setPermission,
  DeletePermission: deletePermission,
  SetMirror: setMirror,
  StopMirror: (applying, { repository }) => stopMirror(applying, repository),
  CreateNotification: createNotification,
  DeleteNotification: deleteNotification,
  ResetNotification: resetNotification,
};

/** Makes one change. */
export async function applyChange<T extends Change['type']>(
  applying: Applying,
  change: Extract<Change, { readonly type: T }>,
): Promise<Applied> {
  const step: Steps[T] = steps[change.type];
  return (await step(applying, change)) ?? {};
}
