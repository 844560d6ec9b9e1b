import { quayDurationSeconds, quotaBytes, type QuayOrganizationSpec, type Repository } from '../api/index.js';
import { declaredDefaultPermissions } from './resources/default-permissions.js';
import { inventoryAfter, type Inventory } from './inventory.js';
import type { ObservedMirror, ObservedOrganization, ObservedRepository, RepositoryGrant } from './observed.js';
import { planOrganization } from './organization-plan.js';
import { inShortNames } from './short-names.js';

/** What Quay holds, and what we made, when nothing was there before and this document has been applied. */
export function assumeApplied(spec: QuayOrganizationSpec): {
  readonly observed: ObservedOrganization;
  readonly inventory: Inventory;
} {
  const plan = planOrganization({ spec, observed: undefined, origin: 'created' });
  return { observed: assumeObserved(spec), inventory: inventoryAfter(undefined, plan, plan.changes) };
}

/** What Quay holds when nothing was there before and this document has been applied. */
export function assumeObserved(asWritten: QuayOrganizationSpec): ObservedOrganization {
  const spec = inShortNames(asWritten);
  const { name, email = '', tagExpiration, quota, proxyCache } = spec;
  return {
    name,
    email,
    tagExpirationSeconds: tagExpiration === undefined ? Number.NaN : quayDurationSeconds(tagExpiration),
    teams: assumeTeams(spec),
    robots: assumeRobots(spec),
    foreignRobots: [],
    defaultPermissions: [...declaredDefaultPermissions(spec)].map(([id, permission]) => ({ id, ...permission })),
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
  const declared = new Map(spec.teams.map((team) => [team.name, team]));
  return namesOf(spec, 'team', ['owners', ...declared.keys()]).map((name) => {
    const {
      role = name === 'owners' ? 'admin' : 'member',
      description = '',
      members = [],
      sync,
    } = declared.get(name) ?? {};
    return {
      name,
      role,
      description,
      members,
      synced: sync !== undefined,
      ...(sync === undefined ? {} : { sync }),
      permissions: grantsOf(spec, 'team', name, undefined),
    };
  });
}

function assumeRobots(spec: QuayOrganizationSpec): ObservedOrganization['robots'] {
  const declared = new Map(spec.robots.map((robot) => [robot.name, robot]));
  return namesOf(spec, 'robot', [...declared.keys()]).map((name) => {
    const { description = '', role } = declared.get(name) ?? {};
    const permissions = grantsOf(spec, 'robot', name, role);
    return { name, description, repositories: permissions.map(({ repository }) => repository), permissions };
  });
}

/** The names, and those that only a permission speaks of. */
function namesOf(spec: QuayOrganizationSpec, kind: 'robot' | 'team', names: readonly string[]): readonly string[] {
  const granted = spec.repositories.flatMap(({ permissions = [] }) =>
    permissions.flatMap((permission) => (permission.kind === kind ? [permission.name] : [])),
  );
  return [...new Set([...names, ...granted])];
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

function assumeRepository(declared: Repository): ObservedRepository {
  const { name, visibility = 'private', description = '', permissions = [], mirror, notifications = [] } = declared;
  return {
    name,
    visibility,
    description,
    state: mirror?.enabled === true ? 'MIRROR' : 'NORMAL',
    userPermissions: permissions.filter(({ kind }) => kind === 'user'),
    autoPrune: (declared.autoPrune ?? []).map((policy, index) => ({ uuid: String(index), ...policy })),
    immutability: (declared.immutability ?? []).map((policy, index) => ({ uuid: String(index), ...policy })),
    mirror: mirror === undefined ? null : assumeMirror(mirror),
    notifications: notifications.map((notification, index) => ({ uuid: String(index), failures: 0, ...notification })),
  };
}

function assumeMirror({ interval, proxy = {}, ...mirror }: NonNullable<Repository['mirror']>): ObservedMirror {
  return { ...mirror, intervalSeconds: quayDurationSeconds(interval), proxy };
}
