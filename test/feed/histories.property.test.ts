import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextSlice, sliceSize } from '../../src/feed/index.js';
import { createFeed, type Feed } from '../../src/feed/poll/index.js';
import { registryLog, type RegistryLog, username } from './registry-log.js';

const organizations = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const interval = 600;
const whole = 2400;
const most = Math.ceil(whole / interval);

/** All kinds of rows that a change to an organization leaves, and one that nobody knows yet. */
const kinds = [
  ...['org_create', 'org_delete', 'org_change_name', 'take_ownership', 'org_change_email', 'org_change_tag_expiration'],
  ...['org_change_invoicing', 'create_robot', 'delete_robot', 'regenerate_robot_token', 'create_robot_federation'],
  ...['delete_robot_federation', 'org_create_team', 'org_set_team_description', 'org_set_team_role', 'org_delete_team'],
  ...['org_add_team_member', 'org_remove_team_member', 'org_invite_team_member', 'org_delete_team_member_invite'],
  ...['org_team_member_invite_accepted', 'org_team_member_invite_declined', 'enable_team_sync', 'disable_team_sync'],
  ...['create_prototype_permission', 'modify_prototype_permission', 'delete_prototype_permission', 'create_repo'],
  ...['delete_repo', 'set_repo_description', 'change_repo_visibility', 'change_repo_state', 'change_repo_permission'],
  ...['delete_repo_permission', 'org_create_quota', 'org_change_quota', 'org_delete_quota', 'org_create_quota_limit'],
  ...['org_change_quota_limit', 'org_delete_quota_limit', 'create_namespace_autoprune_policy'],
  ...['update_namespace_autoprune_policy', 'delete_namespace_autoprune_policy', 'create_repository_autoprune_policy'],
  ...['update_repository_autoprune_policy', 'delete_repository_autoprune_policy', 'create_immutability_policy'],
  ...['update_immutability_policy', 'delete_immutability_policy', 'repo_mirror_config_changed'],
  ...['create_proxy_cache_config', 'delete_proxy_cache_config', 'add_repo_notification', 'reset_repo_notification'],
  ...['delete_repo_notification', 'create_namespace_notification', 'reset_namespace_notification'],
  ...['delete_namespace_notification', 'create_application', 'update_application', 'delete_application'],
  ...['reset_application_client_secret', 'create_oauth_api_token', 'revoke_oauth_api_token', 'org_mirror_enabled'],
  ...['org_mirror_config_changed', 'org_mirror_disabled', 'user_disable', 'a_kind_of_the_future'],
];
/** Changes that leave no row, or none but of what registry clients and workers do all the time. */
const blindKinds = [
  ...[
    'member removed',
    "quota by a superuser's route",
    "a mirror's robot",
    'team synchronised',
    'invitation whose mail fails',
  ],
  ...['notification disabled after failures', 'database edited', 'log of the namespace disabled'],
  ...['push_repo', 'pull_repo', 'repo_mirror_sync_success', 'org_mirror_sync_failed'],
];

const organization = fc.constantFrom(...organizations);
const steps = fc.oneof(
  fc.record({
    step: fc.constant('change' as const),
    organization,
    kind: fc.constantFrom(...kinds),
    late: fc.integer({ min: 0, max: 55 }),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ step: fc.constant('blind' as const), organization, kind: fc.constantFrom(...blindKinds) }),
  fc.record({ step: fc.constant('own' as const), organization }),
  fc.record({ step: fc.constant('elsewhere' as const), times: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ step: fc.constant('pulls' as const), times: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ step: fc.constant('race' as const), organization, kind: fc.constantFrom(...kinds) }),
  fc.record({ step: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 700 }) }),
  fc.record({ step: fc.constant('midnight' as const), before: fc.integer({ min: 0, max: 30 }) }),
  fc.record({ step: fc.constant('restore' as const), rows: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ step: fc.constantFrom('round' as const, 'restart' as const, 'leader' as const, 'rotate' as const) }),
  fc.record({
    step: fc.constant('user' as const),
    kind: fc.constantFrom('user_delete', 'user_change_name', 'account_convert'),
  }),
  fc.record({ step: fc.constant('round' as const) }),
);
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

interface World {
  readonly registry: RegistryLog;
  feed: Feed;
  /** Changed since they were read: by what leaves a row, or by what does not and in which round. */
  readonly logged: Set<string>;
  readonly blind: Map<string, number>;
  readonly readAt: Map<string, number>;
  rounds: number;
  /** Rounds in which only what had changed was read. */
  quiet: number;
}

const opened = (registry: RegistryLog): Feed =>
  createFeed({ wallClock: () => registry.now, clock: () => registry.now, mostPages: 5 });

/** One interval: what the feed says is read, and the next of the slice; everything else is not. */
async function round(world: World): Promise<void> {
  const { registry, feed, logged, blind, readAt } = world;
  const due = new Set(logged);
  const changes = await feed.next({ reader: 'one', log: registry.log, username });
  const all = organizations.map((name) => ({ name, readAt: readAt.get(name) }));
  const slice = nextSlice(all, sliceSize(all.length, interval, whole)).map(({ name }) => name);
  const read = changes.type === 'Everything' ? organizations : [...slice, ...changes.organizations];
  world.rounds += 1;
  if (changes.type === 'Some') world.quiet += 1;
  for (const name of read) {
    logged.delete(name);
    blind.delete(name);
    readAt.set(name, world.rounds);
  }
  expect({ missed: [...due].filter((name) => !read.includes(name)) }).toEqual({ missed: [] });
  for (const since of blind.values()) expect(world.rounds - since).toBeLessThan(most);
  const { meanwhile } = registry;
  registry.meanwhile = undefined;
  meanwhile?.();
}

async function play(world: World, step: Step): Promise<void> {
  const { registry, logged, blind } = world;
  const change = (name: string, kind: string, more: { own?: boolean; late?: number } = {}): void => {
    registry.write(kind, name, more);
    if (more.own !== true) logged.add(name);
  };
  switch (step.step) {
    case 'change':
      for (let time = 0; time < step.times; time += 1) change(step.organization, step.kind, { late: step.late });
      return;
    case 'blind':
      if (!blind.has(step.organization)) blind.set(step.organization, world.rounds);
      if (step.kind.includes('_')) registry.write(step.kind, step.organization);
      return;
    case 'own':
      change(step.organization, 'create_robot', { own: true });
      return world.feed.wrote(step.organization);
    case 'elsewhere':
      for (let time = 0; time < step.times; time += 1) registry.write('create_robot', `other-${time}`, { own: true });
      return;
    case 'pulls':
      for (let time = 0; time < step.times; time += 1) registry.write('pull_repo', 'a');
      return;
    case 'race':
      registry.meanwhile = () => change(step.organization, step.kind);
      return;
    case 'wait':
      registry.now += step.seconds;
      return;
    case 'midnight':
      registry.now = Math.ceil(registry.now / 86_400) * 86_400 - step.before;
      return;
    case 'restore':
      // Its rows go, and what they tell of is undone.
      await round(world);
      registry.now += interval;
      registry.write('org_change_email', 'a');
      await round(world);
      registry.forget(step.rows);
      for (const name of organizations) logged.add(name);
      return round(world);
    case 'restart':
      world.feed = opened(registry);
      return;
    case 'leader':
      // The one before asks once more, and what it is told nobody reads.
      await world.feed.next({ reader: 'one', log: registry.log, username });
      world.feed = opened(registry);
      return;
    case 'rotate':
      return registry.rotate(registry.now - 7 * 86_400);
    case 'user':
      registry.write(step.kind, 'somebody');
      for (const name of organizations) logged.add(name);
      return;
    case 'round':
      registry.now += interval;
      return round(world);
  }
}

/** Plays the steps, and some rounds in which nothing happens; gives how many rounds there were, and how many were quiet. */
async function history(steps: readonly Step[], registry: RegistryLog): Promise<Pick<World, 'rounds' | 'quiet'>> {
  registry.now -= 86_400;
  for (let row = 0; row < 30; row += 1) registry.write('create_robot', 'x');
  registry.now += 86_400;
  const world: World = {
    registry,
    feed: opened(registry),
    logged: new Set(),
    blind: new Map(),
    readAt: new Map(),
    rounds: 0,
    quiet: 0,
  };
  for (const step of steps) await play(world, step);
  for (let times = 0; times <= most; times += 1) await play(world, { step: 'round' });
  return world;
}

const start = Date.UTC(2026, 0, 30, 22, 0, 0) / 1000;
const longHistory = fc.array(steps, { minLength: 1, maxLength: 40 });

describe('a history of a registry', () => {
  test('whatever happens, what leaves a row is read in the next interval, and all else within the whole one', async () => {
    const all = { rounds: 0, quiet: 0 };
    await fc.assert(
      fc.asyncProperty(longHistory, fc.boolean(), async (steps, losesPages) => {
        const registry = registryLog(start);
        registry.losesPages = losesPages;
        const { rounds, quiet } = await history(steps, registry);
        all.rounds += rounds;
        all.quiet += quiet;
      }),
      { numRuns: 150 },
    );
    // Else all of this would hold for a feed that never says anything.
    expect(all.quiet / all.rounds).toBeGreaterThan(0.25);
  });

  test('with a log that hides rare kinds, everything is read once there are ten', async () => {
    const quiet = longHistory.map((steps) => steps.filter(({ step }) => step !== 'restore'));
    await fc.assert(
      fc.asyncProperty(quiet, async (steps) => {
        const registry = registryLog(start);
        registry.isElastic = true;
        for (let kind = 0; kind < 12; kind += 1)
          for (let row = 0; row < 20; row += 1) registry.write(`kind_${kind}`, 'x');
        await history(
          steps.filter(({ step }) => step !== 'midnight' && step !== 'wait'),
          registry,
        );
      }),
      { numRuns: 50 },
    );
  });
});
