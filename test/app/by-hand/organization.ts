import fc from 'fast-check';
import type { ByHand } from './ask.js';

/** The `_` in its name makes Quay show the robots of the other one as well. */
export const organization = 'hand_made';
const lookalike = 'hand-made';

export const users = ['alice', 'bob', 'carol'];
const robots = ['builder', 'ci', 'x.9'];
const teams = ['owners', 'developers', 'auditors'];
const repositories = ['web', 'tools/cli', 'odd..name', 'a__b', 'api/mirror'];
const foreign = [`${lookalike}+bot`, 'elsewhere+bot', 'alice+own'];

/** What stands before anybody begins. */
export const ground: readonly ByHand[] = [
  ...[organization, lookalike, 'elsewhere'].map((name): ByHand => ['POST', '/organization/', { name }]),
  ['PUT', `/organization/${lookalike}/robots/bot`, {}],
  ['PUT', '/organization/elsewhere/robots/bot', {}],
];

const here = `/organization/${organization}`;
const there = (repository: string): string => `/repository/${organization}/${repository}`;

const role = fc.constantFrom('read', 'write', 'admin');
const robot = fc.constantFrom(...robots);
const user = fc.constantFrom(...users);
const team = fc.constantFrom(...teams);
const repository = fc.constantFrom(...repositories);
const full = (name: string): string => `${organization}+${name}`;

/** Words as people write them, and as they should not. */
export const prose = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '# Heading\n\n- item\n- *another*\n',
    'two  blanks \t and a tab ',
    'line\r\nbreak',
    '- not: a list',
    'yes',
    'null',
    '007',
    '"quoted" \'twice\'',
    'Größe: 3 € 🚀',
    '@everyone see https://example.com',
    '---\nkind: Secret',
    '{{ template }} ${value}',
    `long ${'word '.repeat(60)}`,
  ),
  fc.string({ maxLength: 40 }),
);

const tags = fc.constantFrom('^v[0-9]+', 'latest', ' padded ', 'a|b');
const prune = fc.record(
  {
    rule: fc.oneof(
      fc.record({ method: fc.constant('number_of_tags'), value: fc.integer({ min: 1, max: 5 }) }),
      fc.record({
        method: fc.constant('creation_date'),
        value: fc.constantFrom('7d', '2w', '36h', '1y', '5 d', '010d'),
      }),
    ),
    tagPattern: tags,
    tagPatternMatches: fc.boolean(),
  },
  { requiredKeys: ['rule'] },
);
const immutable = fc.record({ tagPattern: tags, tagPatternMatches: fc.boolean() });
const session = fc.option(repository).map((name) => (name === null ? here : there(name)));

const target = fc.oneof(
  fc.record({ kind: fc.constant('user'), name: user }),
  fc.record({ kind: fc.constant('team'), name: fc.constantFrom(...teams) }),
  fc.constant({ kind: 'org', name: organization }),
);
const happening = fc.oneof(
  fc.constantFrom('repo_push', 'repo_mirror_sync_failed', 'build_failure').map((event) => ({ event, eventConfig: {} })),
  fc.constantFrom('0', '3', 5).map((level) => ({ event: 'vulnerability_found', eventConfig: { level } })),
  fc.constantFrom(7, '30').map((days) => ({ event: 'repo_image_expiry', eventConfig: { days } })),
);
const telling = fc.oneof(
  target.map((name) => ({ method: 'quay_notification', config: { target: name } })),
  fc.constant({ method: 'webhook', config: { url: 'https://hooks.example.com/x', template: '{"a": 1}' } }),
);

const mirror = fc
  .record({
    enabled: fc.boolean(),
    from: fc.constantFrom('registry.example.com/a/b', 'upstream.example.com/c'),
    interval: fc.constantFrom(60, 90, 3600, 86_400, 604_800),
    robot,
    timeout: fc.constantFrom(300, 600),
    patterns: fc.uniqueArray(fc.constantFrom('latest', 'v*', '1.?'), { minLength: 1 }),
    config: fc.option(
      fc.record(
        {
          verify_tls: fc.boolean(),
          unsigned_images: fc.boolean(),
          proxy: fc.record(
            {
              http_proxy: fc.constantFrom(null, 'http://proxy.example.com:3128'),
              no_proxy: fc.constantFrom('', 'localhost'),
            },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: [] },
      ),
    ),
    username: fc.constantFrom(undefined, null, 'puller'),
    architectures: fc.constantFrom(undefined, [], ['amd64'], ['arm64', 'amd64']),
  })
  .map(({ enabled, from, interval, robot, timeout, patterns, config, username, architectures }) => ({
    is_enabled: enabled,
    external_reference: from,
    sync_interval: interval,
    sync_start_date: '2026-01-31T00:00:00Z',
    robot_username: full(robot),
    skopeo_timeout_interval: timeout,
    root_rule: { rule_kind: 'tag_glob_csv', rule_value: patterns },
    ...(config && { external_registry_config: config }),
    ...(username !== undefined && { external_registry_username: username }),
    ...(architectures && { architecture_filter: architectures }),
  }));

const delegate = fc.oneof(
  fc.oneof(robot.map(full), user, fc.constantFrom(...foreign, 'admin')).map((name) => ({ kind: 'user', name })),
  team.map((name) => ({ kind: 'team', name })),
);
const creator = fc.oneof(robot.map(full), user, fc.constantFrom(...foreign));

const calls: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<ByHand> }[] = [
  {
    weight: 3,
    arbitrary: fc.tuple(robot, prose).map(([name, description]) => ['PUT', `${here}/robots/${name}`, { description }]),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('developers', 'auditors'), fc.constantFrom('member', 'creator', 'admin'), prose)
      .map(([name, role, description]) => ['PUT', `${here}/team/${name}`, { role, description }]),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(team, fc.oneof(user, robot.map(full), fc.constantFrom(...foreign)))
      .map(([name, member]) => ['PUT', `${here}/team/${name}/members/${encodeURIComponent(member)}`]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('developers', 'auditors'), fc.constantFrom({ group_dn: 'cn=a' }, { group_name: 'oidc' }))
      .map(([name, group]) => ['POST', `${here}/team/${name}/syncing`, group]),
  },
  {
    weight: 5,
    arbitrary: fc
      .record(
        { role, delegate, activating_user: creator.map((name) => ({ name })) },
        { requiredKeys: ['role', 'delegate'] },
      )
      .map((body) => ['POST', `${here}/prototypes`, body]),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(repository, fc.constantFrom('private', 'public'), prose)
      .map(([name, visibility, description]) => [
        'POST',
        '/repository',
        { namespace: organization, repository: name, visibility, description },
      ]),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(repository, fc.oneof(user, robot.map(full), fc.constant('admin')), role)
      .map(([name, who, role]) => ['PUT', `${there(name)}/permissions/user/${encodeURIComponent(who)}`, { role }]),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(repository, team, role)
      .map(([name, who, role]) => ['PUT', `${there(name)}/permissions/team/${who}`, { role }]),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(session, prune)
      .map(([at, { rule, ...rest }]) => ['POST', `${at}/autoprunepolicy/`, { ...rule, ...rest }]),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(session, immutable).map(([at, body]) => ['POST', `${at}/immutabilitypolicy/`, body]),
  },
  { weight: 2, arbitrary: fc.tuple(repository, mirror).map(([name, body]) => ['POST', `${there(name)}/mirror`, body]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(repository, fc.constantFrom('NORMAL', 'READ_ONLY', 'MIRROR'))
      .map(([name, state]) => ['PUT', `${there(name)}/changestate`, { state }]),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(repository, happening, telling, fc.constantFrom('pushes', 'a/b: "title"', 'pushes', undefined))
      .map(([name, what, how, title]) => [
        'POST',
        `${there(name)}/notification/`,
        { ...what, ...how, ...(title && { title }) },
      ]),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(1, 1000, 1024, 10 * 1024 ** 3, 1.5 * 1024 ** 4)
      .map((limit_bytes) => ['POST', `${here}/quota`, { limit_bytes }]),
  },
  {
    weight: 1,
    arbitrary: fc
      .record(
        {
          upstream_registry: fc.constantFrom('registry.example.com', 'upstream.example.com/library'),
          expiration_s: fc.constantFrom(0, 3600, -1),
          insecure: fc.boolean(),
        },
        { requiredKeys: ['upstream_registry'] },
      )
      .map((body) => ['POST', `${here}/proxycache`, body]),
  },
  {
    weight: 1,
    arbitrary: fc
      .record(
        { email: fc.constantFrom('team@example.com', 'a@b.c'), tag_expiration_s: fc.constantFrom(0, 86_400, 604_800) },
        { requiredKeys: [] },
      )
      .map((body) => ['PUT', here, body]),
  },
  { weight: 1, arbitrary: fc.constant(['POST', `${here}/applications`, { name: 'pipeline' }]) },
];

/** What a counterexample shrinks to where nothing is needed. */
const pause = fc.constant(undefined);

/** A fixed number of calls that make an organization by hand; Quay refuses some of them. */
export const madeByHand: fc.Arbitrary<readonly ByHand[]> = fc
  .array(fc.oneof({ withCrossShrink: true }, { weight: 1, arbitrary: pause }, ...calls), {
    minLength: 50,
    maxLength: 50,
    size: 'max',
  })
  .map((all) => all.filter((call) => call !== undefined));

/** A limit goes below the number that Quay gave the quota. */
export const quotaLimits: fc.Arbitrary<readonly { readonly type: string; readonly threshold_percent: number }[]> =
  fc.uniqueArray(
    fc.record({ type: fc.constantFrom('Warning', 'Reject'), threshold_percent: fc.constantFrom(80, 90, 100) }),
    { selector: ({ type, threshold_percent }) => `${type} ${threshold_percent}`, maxLength: 3 },
  );
