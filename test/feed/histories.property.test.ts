import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextSlice, sliceSize } from '../../src/feed/index.js';
import { createFeed, type Feed } from '../../src/feed/poll/index.js';
import { registryLog, type RegistryLog, username } from './registry-log.js';

const organizations = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const interval = 600;
const whole = 2400;
const most = Math.ceil(whole / interval);

/** Kinds of the changes that leave a row, some of them common; and such as nobody knows yet. */
const kinds = ['create_robot', 'org_create_team', 'change_repo_permission', 'org_change_email', 'a_kind_of_the_future'];

const organization = fc.constantFrom(...organizations);
const steps = fc.oneof(
  fc.record({
    step: fc.constant('change' as const),
    organization,
    kind: fc.constantFrom(...kinds),
    late: fc.integer({ min: 0, max: 55 }),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ step: fc.constant('blind' as const), organization }),
  fc.record({ step: fc.constant('own' as const), organization }),
  fc.record({ step: fc.constant('elsewhere' as const), times: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ step: fc.constant('pulls' as const), times: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ step: fc.constant('race' as const), organization, kind: fc.constantFrom(...kinds) }),
  fc.record({ step: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 700 }) }),
  fc.record({ step: fc.constant('midnight' as const), before: fc.integer({ min: 0, max: 30 }) }),
  fc.record({ step: fc.constant('restore' as const), rows: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ step: fc.constantFrom('round' as const, 'restart' as const, 'user' as const, 'rotate' as const) }),
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
    case 'rotate':
      return registry.rotate(registry.now - 7 * 86_400);
    case 'user':
      registry.write('user_delete', 'somebody');
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
