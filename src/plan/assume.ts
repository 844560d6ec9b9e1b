import { quayDurationSeconds, quotaBytes, type QuayOrganizationSpec, type Repository } from '../api/index.js';
import { statedDefaultPermissions } from './families/default-permissions.js';
import { inventoryAfter, type Inventory } from './inventory.js';
import type { ObservedMirror, ObservedOrganization, ObservedRepository, RepositoryGrant } from './observed.js';
import { planOrganization } from './organization-plan.js';

/** What Quay holds, and what we made, when nothing was there before and this document has been applied. */
export function assumeApplied(spec: QuayOrganizationSpec): {
  readonly observed: ObservedOrganization;
  readonly inventory: Inventory;
} {
  const plan = planOrganization({ spec, observed: undefined, origin: 'created' });
  return { observed: assumeObserved(spec), inventory: inventoryAfter(undefined, plan, plan.changes) };
}

function assumeObserved(spec: QuayOrganizationSpec): ObservedOrganization {
  const { name, email = '', tagExpiration, quota, proxyCache } = spec;
  return {
    name,
    email,
    tagExpirationSeconds: tagExpiration === undefined ? Number.NaN : quayDurationSeconds(tagExpiration),
    teams: assumeTeams(spec),
    robots: spec.robots.map((robot) => {
      const permissions = grantsOf(spec, 'robot', robot.name, robot.role);
      const repositories = permissions.map(({ repository }) => repository);
      return { name: robot.name, description: robot.description ?? '', repositories, permissions };
    }),
    foreignRobots: [],
    defaultPermissions: [...statedDefaultPermissions(spec)].map(([id, permission]) => ({ id, ...permission })),
    repositories: spec.repositories.map(assumeRepository),
    quota:
      quota === undefined
        ? null
        : { id: 0, bytes: quotaBytes(quota.size), limits: quota.limits.map((limit, id) => ({ id, ...limit })) },
    autoPrune: (spec.autoPrune ?? []).map((policy, index) => ({ uuid: String(index), ...policy })),
    immutability: (spec.immutability ?? []).map((policy, index) => ({ uuid: String(index), ...policy })),
    proxyCache: proxyCache ?? null,
  };
}

function assumeTeams(spec: QuayOrganizationSpec): ObservedOrganization['teams'] {
  const stated = spec.teams.map(({ name, role, description = '', members = [], sync }) => ({
    name,
    role,
    description,
    members,
    synced: sync !== undefined,
    ...(sync === undefined ? {} : { sync }),
    permissions: grantsOf(spec, 'team', name, undefined),
  }));
  const owners = {
    name: 'owners',
    role: 'admin',
    description: '',
    members: [],
    synced: false,
    permissions: [],
  } as const;
  return stated.some(({ name }) => name === 'owners') ? stated : [owners, ...stated];
}

function grantsOf(
  spec: QuayOrganizationSpec,
  kind: 'robot' | 'team',
  name: string,
  role: RepositoryGrant['role'] | undefined,
): readonly RepositoryGrant[] {
  return spec.repositories.flatMap(({ name: repository, permissions = [] }) => {
    const written = permissions.find((permission) => permission.kind === kind && permission.name === name);
    const given = written?.role ?? role;
    return given === undefined ? [] : [{ repository, role: given }];
  });
}

function assumeRepository(stated: Repository): ObservedRepository {
  const { name, visibility = 'private', description = '', permissions = [], mirror, notifications = [] } = stated;
  return {
    name,
    visibility,
    description,
    state: mirror?.enabled === true ? 'MIRROR' : 'NORMAL',
    userPermissions: permissions.filter(({ kind }) => kind === 'user'),
    autoPrune: (stated.autoPrune ?? []).map((policy, index) => ({ uuid: String(index), ...policy })),
    immutability: (stated.immutability ?? []).map((policy, index) => ({ uuid: String(index), ...policy })),
    mirror: mirror === undefined ? null : assumeMirror(mirror),
    notifications: notifications.map((notification, index) => ({ uuid: String(index), failures: 0, ...notification })),
  };
}

function assumeMirror({ interval, proxy = {}, ...mirror }: NonNullable<Repository['mirror']>): ObservedMirror {
  return { ...mirror, intervalSeconds: quayDurationSeconds(interval), proxy };
}
