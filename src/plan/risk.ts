import type { GranteeKind, RepositoryRole } from '../api/index.js';
import type { Change, Risk } from './change.js';
import { match, type PerChange } from './match.js';
import { raises, raisesTeam } from './roles.js';
import { secretDrawnBy } from './secret-refs.js';

/** Robots are ours to hand out; people and teams gain something that somebody should look at, and so does every admin. */
const grant = (kind: GranteeKind, role: RepositoryRole): Risk =>
  kind !== 'robot' || role === 'admin' ? 'widening' : 'additive';
const reRole = (from: RepositoryRole, to: RepositoryRole): Risk => (raises(from, to) ? 'widening' : 'change');
const always = (risk: Risk) => (): Risk => risk;

/** The whole table: what each kind of change risks, and why where it is not obvious. */
const risks: PerChange<Risk> = {
  CreateOrganization: always('additive'),
  UpdateOrganization: always('change'),
  DeleteOrganization: always('destructive'),
  WriteMarker: always('additive'),
  CreateRobot: always('additive'),
  // Its token is gone for good: a robot of the same name gets another one.
  DeleteRobot: always('destructive'),
  PutTeam: ({ exists, role, from }) => {
    if (!exists) return role === 'member' ? 'additive' : 'widening';
    return from !== undefined && raisesTeam(from, role) ? 'widening' : 'change';
  },
  DeleteTeam: always('destructive'),
  AddTeamMember: always('widening'),
  RemoveTeamMember: always('change'),
  // With OIDC, Quay removes the present members as soon as a team follows a group.
  SyncTeam: ({ group }) => (group.groupName === undefined ? 'widening' : 'destructive'),
  UnsyncTeam: always('change'),
  CreateDefaultPermission: ({ kind, role }) => grant(kind, role),
  UpdateDefaultPermission: ({ from, role }) => reRole(from, role),
  DeleteDefaultPermission: always('change'),
  SetQuota: ({ from, bytes }) => (from !== undefined && bytes > from ? 'widening' : 'change'),
  DeleteQuota: always('widening'),
  CreateQuotaLimit: always('change'),
  DeleteQuotaLimit: ({ limit }) => (limit === 'Reject' ? 'widening' : 'change'),
  // Quay starts removing tags by itself.
  CreateAutoPrune: always('destructive'),
  DeleteAutoPrune: always('change'),
  // Existing tags become immutable, and stay so when the policy goes.
  CreateImmutability: always('destructive'),
  UpdateImmutability: always('destructive'),
  DeleteImmutability: always('widening'),
  SetProxyCache: ({ proxyCache, replace }) => {
    if (proxyCache.insecure) return 'widening';
    return replace ? 'change' : 'additive';
  },
  DeleteProxyCache: always('change'),
  CreateRepository: ({ visibility }) => (visibility === 'public' ? 'widening' : 'additive'),
  DeleteRepository: always('destructive'),
  SetDescription: always('change'),
  SetVisibility: ({ visibility }) => (visibility === 'public' ? 'widening' : 'change'),
  SetPermission: ({ kind, role, from }) => (from === undefined ? grant(kind, role) : reRole(from, role)),
  DeletePermission: always('change'),
  // Tags that the other registry does not have are removed, and nobody can push any more.
  SetMirror: ({ fields }) =>
    fields === undefined || fields.includes('externalReference') || fields.includes('tags') ? 'destructive' : 'change',
  StopMirror: always('change'),
  CreateNotification: always('additive'),
  DeleteNotification: always('change'),
  ResetNotification: always('change'),
};

/** What a change risks. Whoever administers the organization can get at a Secret's value once Quay has it. */
export function riskOf(change: Change): Risk {
  const risk = match(risks, change);
  return risk !== 'destructive' && secretDrawnBy(change) !== undefined ? 'widening' : risk;
}

/** From the one that needs a reader most to the one that needs him least. */
export const risksBySeverity: readonly Risk[] = ['destructive', 'widening', 'change', 'additive'];
