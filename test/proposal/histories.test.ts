import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { World } from './world.js';

type Act = (world: World) => void;

const path = fc.constantFrom('a', 'b', 'c');
const content = fc.constantFrom('1', '2', '3');
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ path, content: fc.option(content, { nil: undefined }) }).map(
      (one): Act =>
        (world) =>
          world.wants(one.path, one.content),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ path, content }).map(
      (one): Act =>
        (world) =>
          world.pushesToBase(one.path, one.content),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Act>((world) => world.revertsBase()) },
  {
    weight: 2,
    arbitrary: fc.boolean().map(
      (isSquash): Act =>
        (world) =>
          world.merges(isSquash),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Act>((world) => world.closes()) },
  { weight: 1, arbitrary: fc.constant<Act>((world) => world.reopens()) },
  {
    weight: 1,
    arbitrary: path.map(
      (one): Act =>
        (world) =>
          world.edits(one),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Act>((world) => world.deletesHead()) },
  // A pass that is killed after some of its steps, and one that ends.
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 4 }).map(
      (steps): Act =>
        (world) =>
          void world.pass(steps),
    ),
  },
  { weight: 4, arbitrary: fc.constant<Act>((world) => void world.pass(20)) },
  { weight: 1, arbitrary: fc.constant<Act>((world) => void world.pass(20, true)) },
);

test('F40 whatever people do and wherever a pass is killed: one request, nothing pushed over, no refused change proposed again', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const world = new World();
      for (const one of acts) {
        one(world);
        world.check();
      }
      const end = world.pass(20);
      expect(end).toBeDefined();
      // At rest, whatever came before.
      const { pushes } = world;
      const requests = JSON.stringify(world.requests);
      expect(world.pass(20)).toEqual(end);
      expect([world.pushes, JSON.stringify(world.requests)]).toEqual([pushes, requests]);
    }),
    { numRuns: 2_000 },
  );
});

test('a proposal that nobody refused or edited is open after a pass, and merging it gives what is wanted', () => {
  const quiet = fc.oneof(
    fc.record({ path, content: fc.option(content, { nil: undefined }) }).map(
      (one): Act =>
        (world) =>
          world.wants(one.path, one.content),
    ),
    fc.record({ path, content }).map(
      (one): Act =>
        (world) =>
          world.pushesToBase(one.path, one.content),
    ),
    fc.boolean().map(
      (isSquash): Act =>
        (world) =>
          world.merges(isSquash),
    ),
    fc.integer({ min: 1, max: 4 }).map(
      (steps): Act =>
        (world) =>
          void world.pass(steps),
    ),
  );
  fc.assert(
    fc.property(fc.array(quiet, { maxLength: 30 }), fc.boolean(), (acts, isSquash) => {
      const world = new World();
      for (const one of acts) one(world);
      world.pass(20);
      world.merges(isSquash);
      expect([...world.base.tree].sort()).toEqual([...world.wanted].sort());
      expect(world.pass(20)).toEqual({ do: 'nothing' });
      expect(world.head).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});
