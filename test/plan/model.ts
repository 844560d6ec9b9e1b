import type { RepositoryRole } from '../../src/api/index.js';
import type { Change, Needs, ObservedOrganization, ObservedRepository, ObservedTeam } from '../../src/plan/index.js';
import { quayDurationSeconds, type Mirror } from '../../src/api/index.js';
import { newOrganization, newRepository } from '../../src/plan/empty.js';
import { match, type PerChange } from '../../src/plan/match.js';
import { markerTeam } from '../../src/ownership/index.js';
import { everyFeature } from '../../src/plan/offers.js';

export const tokenUser = 'automation';

type Organization = ObservedOrganization;

let counter = 1000;
const nextId = (): number => (counter += 1);
const nextUuid = (): string => `uuid-${nextId()}`;

const fail = (message: string): never => {
  throw new Error(`the model of Quay refuses: ${message}`);
};

function edit<T extends { readonly name: string }>(items: readonly T[], name: string, change: (item: T) => T): T[] {
  if (!items.some((item) => item.name === name)) fail(`there is no ${name}`);
  return items.map((item) => (item.name === name ? change(item) : item));
}

const editTeam = (o: Organization, name: string, change: (team: ObservedTeam) => ObservedTeam): Organization => ({
  ...o,
  teams: edit(o.teams, name, change),
});
const editRepository = (
  o: Organization,
  name: string,
  change: (repository: ObservedRepository) => ObservedRepository,
): Organization => ({ ...o, repositories: edit(o.repositories, name, change) });

function grant(o: Organization, repository: string, kind: string, name: string, role: RepositoryRole): Organization {
  const add = <T extends { readonly repository: string }>(grants: readonly T[], grant: T): T[] => [
    ...grants.filter((other) => other.repository !== grant.repository),
    grant,
  ];
  if (kind === 'robot')
    return {
      ...o,
      robots: edit(o.robots, name, (robot) => ({
        ...robot,
        repositories: [...new Set([...robot.repositories, repository])],
        permissions: add(robot.permissions ?? [], { repository, role }),
      })),
    };
  if (kind === 'team')
    return editTeam(o, name, (team) => ({ ...team, permissions: add(team.permissions ?? [], { repository, role }) }));
  return editRepository(o, repository, (found) => ({
    ...found,
    userPermissions: [...(found.userPermissions ?? []).filter((other) => other.name !== name), { name, role }],
  }));
}

function ungrant(o: Organization, repository: string, kind: string, name: string): Organization {
  const without = <T extends { readonly repository: string }>(grants: readonly T[]): T[] =>
    grants.filter((other) => other.repository !== repository);
  if (kind === 'robot')
    return {
      ...o,
      robots: edit(o.robots, name, (robot) => ({
        ...robot,
        repositories: robot.repositories.filter((other) => other !== repository),
        permissions: without(robot.permissions ?? []),
      })),
    };
  if (kind === 'team') return editTeam(o, name, (team) => ({ ...team, permissions: without(team.permissions ?? []) }));
  return editRepository(o, repository, (found) => ({
    ...found,
    userPermissions: (found.userPermissions ?? []).filter((other) => other.name !== name),
  }));
}

/** What Quay does when a repository is made: its creator is admin, and every default permission that applies is used. */
function createRepository(o: Organization, change: Extract<Change, { type: 'CreateRepository' }>): Organization {
  const { repository, visibility, description } = change;
  if (o.repositories.some(({ name }) => name === repository)) fail(`${repository} exists`);
  const made: Organization = {
    ...o,
    repositories: [...o.repositories, newRepository(repository, { visibility, description }, everyFeature)],
  };
  const applying = o.defaultPermissions
    .filter(({ creator }) => creator === '' || creator === tokenUser)
    .filter(({ kind, name }) => kind !== 'user' || name !== tokenUser)
    // The general ones first, so that one for this creator wins.
    .toSorted((one, other) => one.creator.length - other.creator.length);
  const given = applying.reduce((state, { kind, name, role }) => grant(state, repository, kind, name, role), made);
  return grant(given, repository, 'user', tokenUser, 'admin');
}

function observedMirror(mirror: Mirror): NonNullable<ObservedRepository['mirror']> {
  const { interval, proxy = {}, startDate: _, passwordSecretRef: __, ...rest } = mirror;
  return { ...rest, intervalSeconds: quayDurationSeconds(interval), proxy };
}

const editPlace = (
  o: Organization,
  repository: string | undefined,
  change: <T extends Pick<Organization, 'autoPrune' | 'immutability'>>(place: T) => T,
): Organization => (repository === undefined ? change(o) : editRepository(o, repository, (found) => change(found)));

const table = (o: Organization): PerChange<Organization | undefined> => ({
  CreateOrganization: () => fail('the organization exists'),
  UpdateOrganization: ({ email = o.email, tagExpirationSeconds = o.tagExpirationSeconds }) => ({
    ...o,
    email,
    tagExpirationSeconds,
  }),
  DeleteOrganization: () => undefined,
  WriteMarker: ({ description }) => ({
    ...o,
    teams: [
      ...o.teams.filter((team) => team.name !== markerTeam),
      { name: markerTeam, role: 'member', description, members: [], synced: false, permissions: [] },
    ],
  }),
  CreateRobot: ({ robot, description }) =>
    o.robots.some(({ name }) => name === robot)
      ? fail(`robot ${robot} exists`)
      : { ...o, robots: [...o.robots, { name: robot, description, repositories: [], permissions: [] }] },
  DeleteRobot: ({ robot }) =>
    o.repositories.some(({ mirror }) => mirror?.robot === robot)
      ? fail(`robot ${robot} is used by a mirror`)
      : {
          ...o,
          robots: o.robots.filter(({ name }) => name !== robot),
          teams: o.teams.map((team) => ({
            ...team,
            members: (team.members ?? []).filter((member) => member !== `+${robot}`),
          })),
          defaultPermissions: o.defaultPermissions.filter(
            ({ kind, name, creator }) => !(kind === 'robot' && name === robot) && creator !== `+${robot}`,
          ),
        },
  PutTeam: ({ team, role, description, exists }) =>
    o.teams.some(({ name }) => name === team) !== exists
      ? fail(`team ${team} ${exists ? 'is missing' : 'exists'}`)
      : exists
        ? editTeam(o, team, (found) => ({ ...found, role, description: description ?? found.description }))
        : {
            ...o,
            teams: [
              ...o.teams,
              { name: team, role, description: description ?? '', members: [], synced: false, permissions: [] },
            ],
          },
  DeleteTeam: ({ team }) => ({
    ...o,
    teams: o.teams.filter(({ name }) => name !== team),
    defaultPermissions: o.defaultPermissions.filter(({ kind, name }) => !(kind === 'team' && name === team)),
  }),
  AddTeamMember: ({ team, member }) =>
    editTeam(o, team, (found) =>
      found.synced === true && !member.includes('+')
        ? fail(`team ${team} is synced`)
        : { ...found, members: [...new Set([...(found.members ?? []), member])] },
    ),
  RemoveTeamMember: ({ team, member }) =>
    editTeam(o, team, (found) => ({ ...found, members: (found.members ?? []).filter((other) => other !== member) })),
  SyncTeam: ({ team, group }) =>
    editTeam(o, team, (found) => ({
      ...found,
      synced: true,
      sync: group,
      members: (found.members ?? []).filter((member) => member.includes('+')),
    })),
  UnsyncTeam: ({ team }) => editTeam(o, team, ({ sync: _, ...found }) => ({ ...found, synced: false })),
  CreateDefaultPermission: ({ kind, name, creator, role }) => ({
    ...o,
    defaultPermissions: [...o.defaultPermissions, { id: nextUuid(), kind, name, creator, role }],
  }),
  UpdateDefaultPermission: ({ id, role }) => ({
    ...o,
    defaultPermissions: o.defaultPermissions.map((found) => (found.id === id ? { ...found, role } : found)),
  }),
  DeleteDefaultPermission: ({ id }) =>
    o.defaultPermissions.some((found) => found.id === id)
      ? { ...o, defaultPermissions: o.defaultPermissions.filter((found) => found.id !== id) }
      : fail(`no default permission ${id}`),
  SetQuota: ({ id, bytes }) => ({
    ...o,
    quota: id === undefined ? { id: nextId(), bytes, limits: [] } : { id, bytes, limits: o.quota?.limits ?? [] },
  }),
  DeleteQuota: () => ({ ...o, quota: null }),
  CreateQuotaLimit: ({ limit: type, percent }) =>
    o.quota == null
      ? fail('no quota')
      : { ...o, quota: { ...o.quota, limits: [...o.quota.limits, { id: nextId(), type, percent }] } },
  DeleteQuotaLimit: ({ id }) =>
    o.quota == null
      ? fail('no quota')
      : { ...o, quota: { ...o.quota, limits: o.quota.limits.filter((limit) => limit.id !== id) } },
  CreateAutoPrune: ({ repository, policy }) =>
    editPlace(o, repository, (place) => ({
      ...place,
      autoPrune: [...(place.autoPrune ?? []), { uuid: nextUuid(), ...policy }],
    })),
  DeleteAutoPrune: ({ repository, uuid }) =>
    editPlace(o, repository, (place) => ({
      ...place,
      autoPrune: (place.autoPrune ?? []).filter((policy) => policy.uuid !== uuid),
    })),
  CreateImmutability: ({ repository, policy }) =>
    editPlace(o, repository, (place) => ({
      ...place,
      immutability: [...(place.immutability ?? []), { uuid: nextUuid(), ...policy }],
    })),
  UpdateImmutability: ({ repository, uuid, policy }) =>
    editPlace(o, repository, (place) => ({
      ...place,
      immutability: (place.immutability ?? []).map((found) => (found.uuid === uuid ? { uuid, ...policy } : found)),
    })),
  DeleteImmutability: ({ repository, uuid }) =>
    editPlace(o, repository, (place) => ({
      ...place,
      immutability: (place.immutability ?? []).filter((policy) => policy.uuid !== uuid),
    })),
  SetProxyCache: ({ proxyCache: { upstreamRegistry, expirationSeconds, insecure }, replace }) =>
    (o.proxyCache != null) !== replace
      ? fail('proxy cache')
      : { ...o, proxyCache: { upstreamRegistry, expirationSeconds, insecure } },
  DeleteProxyCache: () => ({ ...o, proxyCache: null }),
  CreateRepository: (change) => createRepository(o, change),
  DeleteRepository: ({ repository }) => ({
    ...o,
    repositories: o.repositories.filter(({ name }) => name !== repository),
    robots: o.robots.map((robot) => ({
      ...robot,
      repositories: robot.repositories.filter((name) => name !== repository),
      permissions: (robot.permissions ?? []).filter((permission) => permission.repository !== repository),
    })),
    teams: o.teams.map((team) => ({
      ...team,
      permissions: (team.permissions ?? []).filter((permission) => permission.repository !== repository),
    })),
  }),
  SetDescription: ({ repository, description }) =>
    editRepository(o, repository, (found) => ({ ...found, description })),
  SetVisibility: ({ repository, visibility }) => editRepository(o, repository, (found) => ({ ...found, visibility })),
  SetPermission: ({ repository, kind, name, role }) =>
    o.repositories.some((found) => found.name === repository)
      ? grant(o, repository, kind, name, role)
      : fail(`no repository ${repository}`),
  DeletePermission: ({ repository, kind, name }) => ungrant(o, repository, kind, name),
  SetMirror: ({ repository, mirror, fields }) => {
    const set = editRepository(o, repository, (found) => ({
      ...found,
      state: mirror.enabled ? 'MIRROR' : found.state,
      mirror: observedMirror(mirror),
    }));
    const role = o.robots
      .find(({ name }) => name === mirror.robot)
      ?.permissions?.find((permission) => permission.repository === repository)?.role;
    const needsMore = (fields === undefined || fields.includes('robot')) && role !== 'write' && role !== 'admin';
    return needsMore ? grant(set, repository, 'robot', mirror.robot, 'write') : set;
  },
  StopMirror: ({ repository }) =>
    editRepository(o, repository, (found) => ({
      ...found,
      state: 'NORMAL',
      ...(found.mirror == null ? {} : { mirror: { ...found.mirror, enabled: false } }),
    })),
  CreateNotification: ({ repository, notification: { urlSecretRef: _, ...notification } }) =>
    editRepository(o, repository, (found) => ({
      ...found,
      notifications: [...(found.notifications ?? []), { uuid: nextUuid(), failures: 0, ...notification }],
    })),
  DeleteNotification: ({ repository, uuid }) =>
    editRepository(o, repository, (found) => ({
      ...found,
      notifications: (found.notifications ?? []).filter((notification) => notification.uuid !== uuid),
    })),
  ResetNotification: ({ repository, uuid }) =>
    editRepository(o, repository, (found) => ({
      ...found,
      notifications: (found.notifications ?? []).map((notification) =>
        notification.uuid === uuid ? { ...notification, failures: 0 } : notification,
      ),
    })),
});

/** What Quay holds after a change; throws where Quay would refuse. */
export function applyToModel(o: Organization | undefined, change: Change): Organization | undefined {
  if (o === undefined) {
    if (change.type !== 'CreateOrganization') return fail('there is no organization');
    const made = newOrganization('demo', change.email ?? '', everyFeature);
    return {
      ...made,
      tagExpirationSeconds: 1_209_600,
      teams: made.teams.map((team) => ({ ...team, members: [tokenUser] })),
    };
  }
  return match(table(o), change);
}

const pick = <T>(read: boolean | undefined, value: T): T | undefined => (read === true ? value : undefined);
const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;

/** The organization as an observation with these needs shows it. */
export function asRead(o: Organization, needs: Needs): Organization {
  return compact({
    ...o,
    autoPrune: pick(needs.autoPrune, o.autoPrune),
    immutability: pick(needs.immutability, o.immutability),
    proxyCache: pick(needs.proxyCache, o.proxyCache),
    robots: o.robots.map((robot) => compact({ ...robot, permissions: pick(needs.roles, robot.permissions) })),
    teams: o.teams.map((team) =>
      compact({
        ...team,
        members: pick(needs.teamMembers.includes(team.name), team.members),
        sync: pick(needs.teamMembers.includes(team.name), team.sync),
        synced: pick(needs.teamMembers.includes(team.name), team.synced),
        permissions: pick(needs.teamPermissions.includes(team.name), team.permissions),
      }),
    ),
    repositories: o.repositories.map((repository) => {
      const need = needs.repositories[repository.name] ?? {};
      return compact({
        ...repository,
        userPermissions: pick(need.userPermissions, repository.userPermissions),
        autoPrune: pick(need.autoPrune, repository.autoPrune),
        immutability: pick(need.immutability, repository.immutability),
        mirror: pick(need.mirror, repository.mirror),
        notifications: pick(need.notifications, repository.notifications),
      });
    }),
  });
}
