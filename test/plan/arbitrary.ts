import fc from 'fast-check';
import { quayOrganizationSpec, type QuayOrganizationSpec } from '../../src/api/index.js';
import type { ObservedOrganization } from '../../src/plan/index.js';
import { newOrganization, newRepository } from '../../src/plan/empty.js';
import { everyFeature } from '../../src/plan/offers.js';
import { applyToModel, tokenUser } from './model.js';

/** Few names, so that documents and organizations meet. */
const robots = ['builder', 'default', 'deployer', 'scanner'];
const teams = ['owners', 'developers', 'auditors'];
const repositories = ['web', 'api', 'tools/cli'];
const users = ['alice', 'bob'];

const role = fc.constantFrom('read', 'write', 'admin');
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });
const uniqueBy = <T>(arbitrary: fc.Arbitrary<T>, key: (value: T) => string, maxLength = 3): fc.Arbitrary<T[]> =>
  fc.uniqueArray(arbitrary, { selector: key, maxLength });

const policy = fc
  .record({
    count: fc.integer({ min: 1, max: 3 }),
    age: fc.constantFrom('7d', '2w'),
    byAge: fc.boolean(),
    tagPattern: optional(fc.constantFrom('^v', 'dev-.*')),
    tagPatternMatches: fc.boolean(),
  })
  .map(({ count, age, byAge, tagPattern, tagPatternMatches }) => ({
    ...(byAge ? { olderThan: age } : { numberOfTags: count }),
    ...(tagPattern === undefined ? {} : { tagPattern }),
    tagPatternMatches: tagPattern === undefined ? true : tagPatternMatches,
  }));
const autoPrune = uniqueBy(policy, (value) => JSON.stringify(value), 2);
const immutability = uniqueBy(
  fc.record({ tagPattern: fc.constantFrom('^v', 'latest'), tagPatternMatches: fc.boolean() }),
  ({ tagPattern }) => tagPattern,
  2,
);
const limit = fc.record({ type: fc.constantFrom('Warning', 'Reject'), percent: fc.constantFrom(80, 90) });
const limits = uniqueBy(limit, ({ type, percent }) => `${type} ${percent}`, 2);
const proxyCache = fc.record({
  upstreamRegistry: fc.constantFrom('registry.example.com', 'registry.example.com/library'),
  expirationSeconds: fc.constantFrom(3600, 86_400),
  insecure: fc.boolean(),
});
const grantee = fc.oneof(
  fc.record({ kind: fc.constant('robot'), name: fc.constantFrom('builder', 'default') }),
  fc.record({ kind: fc.constant('team'), name: fc.constantFrom('owners') }),
  fc.record({ kind: fc.constant('user'), name: fc.constantFrom(...users) }),
);
const permissions = uniqueBy(
  fc.tuple(grantee, role).map(([who, role]) => ({ ...who, role })),
  ({ kind, name }) => `${kind} ${name}`,
);
const notification = fc.record({
  title: fc.constantFrom('pushes', 'a/b title', 'mail'),
  event: fc.constantFrom('repo_push', 'repo_mirror_sync_failed'),
  method: fc.constant('quay_notification'),
  target: fc.constantFrom(
    { kind: 'user', name: 'alice' },
    { kind: 'user', name: 'bob' },
    { kind: 'team', name: 'owners' },
  ),
});
const notifications = uniqueBy(notification, ({ title }) => title);
const mirror = fc.record({
  externalReference: fc.constantFrom('registry.example.com/a', 'registry.example.com/b'),
  tags: fc.uniqueArray(fc.constantFrom('latest', 'v*'), { minLength: 1 }),
  robot: fc.constantFrom('builder', 'default'),
  interval: fc.constantFrom('1h', '1d'),
  enabled: fc.boolean(),
  verifyTLS: fc.boolean(),
});

const declaredRepository = fc.record(
  {
    name: fc.constantFrom(...repositories),
    source: fc.constant('ImageStream'),
    visibility: fc.constantFrom('private', 'public'),
    description: fc.constantFrom('', 'text'),
    permissions,
    autoPrune,
    immutability,
    mirror,
    notifications,
  },
  { requiredKeys: ['name'] },
);

/** A document about the organization `demo`; the robots builder and default are always in it, so others may refer to them. */
export const spec: fc.Arbitrary<QuayOrganizationSpec> = fc
  .record(
    {
      email: fc.constantFrom('a@example.com', 'b@example.com'),
      tagExpiration: fc.constantFrom('1d', '2w'),
      more: fc.subarray(['deployer', 'scanner']),
      roles: fc.array(optional(role), { minLength: 4, maxLength: 4 }),
      teams: uniqueBy(
        fc.record(
          {
            name: fc.constantFrom(...teams),
            role: fc.constantFrom('member', 'creator', 'admin'),
            description: fc.constantFrom('', 'text'),
            members: fc.uniqueArray(fc.constantFrom(...users, '+builder')),
            sync: fc.record({ groupDN: fc.constantFrom('cn=a', 'cn=b') }),
          },
          { requiredKeys: ['name', 'role'] },
        ),
        ({ name }) => name,
      ),
      defaultPermissions: uniqueBy(
        fc
          .tuple(grantee, role, fc.constantFrom('', 'alice', tokenUser))
          .map(([who, role, creator]) => ({ ...who, role, creator })),
        ({ kind, name, creator }) => `${kind} ${name} ${creator}`,
      ),
      quota: fc.record({ size: fc.constantFrom('10Gi', '20Gi'), limits }),
      autoPrune,
      immutability,
      proxyCache,
      repositories: uniqueBy(declaredRepository, ({ name }) => name),
    },
    { requiredKeys: ['more', 'roles', 'repositories'] },
  )
  .map(({ more, roles, ...rest }) =>
    quayOrganizationSpec.parse({
      integration: 'quay',
      namespace: 'demo',
      name: 'demo',
      ...rest,
      robots: ['builder', 'default', ...more].map((name, index) => {
        const role = roles[index];
        return role === undefined ? { name } : { name, role };
      }),
    }),
  );

/** An organization that others have set up: anything may be in it, also what a document cannot state. */
export const observed: fc.Arbitrary<ObservedOrganization> = fc
  .record({
    email: fc.constantFrom('', 'a@example.com'),
    tagExpirationSeconds: fc.constantFrom(0, 86_400, 1_209_600),
    robots: fc.subarray(robots),
    description: fc.constantFrom('', 'text'),
    teams: fc.subarray(['developers', 'auditors']),
    teamRole: fc.constantFrom('member', 'creator', 'admin'),
    members: fc.subarray([...users]),
    sync: optional(fc.constant({ groupDN: 'cn=a' })),
    repositories: fc.subarray(repositories),
    visibility: fc.constantFrom('private', 'public'),
    state: fc.constantFrom('NORMAL', 'READ_ONLY'),
    roles: fc.array(role, { minLength: 12, maxLength: 12 }),
    defaults: fc.array(fc.tuple(fc.nat(7), role, fc.constantFrom('', 'alice')), { maxLength: 4 }),
    quota: optional(fc.record({ bytes: fc.constantFrom(1024, 10 * 1024 ** 3), limits })),
    autoPrune,
    immutability,
    proxyCache: optional(proxyCache),
    notifications: fc.array(notification, { maxLength: 3 }),
    failures: fc.constantFrom(0, 3),
    mirror: optional(mirror),
  })
  .map((value) => {
    const uuids =
      (prefix: string) =>
      <T extends object>(item: T, index: number) => ({ uuid: `${prefix}${index}`, ...item });
    const base = newOrganization('demo', value.email, everyFeature);
    const grants = value.repositories.map((repository, index) => ({ repository, role: value.roles[index] ?? 'read' }));
    const organization: ObservedOrganization = {
      ...base,
      tagExpirationSeconds: value.tagExpirationSeconds,
      teams: [
        {
          name: 'owners',
          role: 'admin',
          description: '',
          members: [tokenUser, ...value.members],
          synced: false,
          permissions: [],
        },
        ...value.teams.map((name) => ({
          name,
          role: value.teamRole,
          description: value.description,
          members: value.sync === undefined ? value.members : [],
          synced: value.sync !== undefined,
          ...(value.sync === undefined ? {} : { sync: value.sync }),
          permissions: grants,
        })),
      ],
      robots: value.robots.map((name) => ({
        name,
        description: value.description,
        repositories: grants.map(({ repository }) => repository),
        permissions: grants,
      })),
      defaultPermissions: value.defaults.flatMap(([who, role, creator], index) => {
        const name = [...value.robots, ...value.teams][who];
        if (name === undefined) return [];
        const kind = who < value.robots.length ? 'robot' : 'team';
        return [{ id: `id${index}`, kind, name, role, creator } as const];
      }),
      repositories: value.repositories.map((name) => ({
        ...newRepository(name, { visibility: value.visibility, description: value.description }, everyFeature),
        state: value.state,
        userPermissions: [
          { name: tokenUser, role: 'admin' },
          ...value.members.map((name) => ({ name, role: 'read' as const })),
        ],
        autoPrune: value.autoPrune.map(uuids('prune')),
        immutability: value.immutability.map(uuids('immutable')),
        notifications: value.notifications.map((item, index) => ({
          uuid: `n${index}`,
          ...item,
          failures: value.failures,
        })),
      })),
      quota:
        value.quota === undefined
          ? null
          : { id: 1, bytes: value.quota.bytes, limits: value.quota.limits.map((limit, id) => ({ id, ...limit })) },
      autoPrune: value.autoPrune.map(uuids('prune')),
      immutability: value.immutability.map(uuids('immutable')),
      proxyCache: value.proxyCache ?? null,
    };
    const [repository] = value.repositories;
    if (value.mirror === undefined || repository === undefined || !value.robots.includes(value.mirror.robot))
      return organization;
    const change = {
      type: 'SetMirror',
      repository,
      mirror: { startDate: '2020-01-01T00:00:00Z', unsignedImages: false, timeoutSeconds: 300, ...value.mirror },
    } as const;
    return applyToModel(organization, change) ?? organization;
  });
