import type { Change } from '../change.js';
import type { Context, FamilyPlan } from '../context.js';
import { byThing, compareKeyed } from '../keyed.js';
import { things } from '../managed-items.js';

/** Robot accounts. Quay cannot change one, so a description that differs is only reported. */
export function planRobots({ spec, observed, claim }: Context): FamilyPlan {
  // Quay refuses to delete a robot as long as a mirror is set up with it, even one that was stopped.
  const mirrors = new Map(observed.repositories.map(({ name, mirror }) => [mirror?.robot, name]));
  const stated = byThing(spec.robots, (robot) => things.robot(robot.name));
  const found = byThing(observed.robots, (robot) => things.robot(robot.name));
  const plan = compareKeyed(claim, {
    stated,
    found,
    make: (robot): Change[] => [{ type: 'CreateRobot', robot: robot.name, description: robot.description ?? '' }],
    adjust: (robot, { description }, what) =>
      robot.description === undefined || robot.description === description
        ? {}
        : { skipped: [{ what, reason: 'CannotBeChanged', message: 'Quay cannot change the description of a robot' }] },
    remove: (robot): Change[] => (mirrors.has(robot.name) ? [] : [{ type: 'DeleteRobot', robot: robot.name }]),
  });
  const held = [...found].flatMap(([what, { name }]) => {
    const mirror = mirrors.get(name);
    if (mirror === undefined || stated.has(what) || !claim.recorded(what)) return [];
    const message = `the mirror ${mirror} was set up with it, and Quay keeps it as long as that repository exists`;
    return [{ what, reason: 'CannotBeChanged' as const, message }];
  });
  return { ...plan, skipped: [...plan.skipped, ...held] };
}
