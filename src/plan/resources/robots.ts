import type { Change } from '../change.js';
import type { Context, ResourcePlan } from '../context.js';
import { byItem, compareKeyed } from '../keyed.js';
import { managedItems } from '../managed-items.js';

/** Robot accounts. Quay cannot change one, so a description that differs is only reported. */
export function planRobots({ spec, observed, claim }: Context): ResourcePlan {
  // Quay refuses to delete a robot as long as a mirror is set up with it, even one that was stopped.
  const mirrors = new Map(observed.repositories.map(({ name, mirror }) => [mirror?.robot, name]));
  const declared = byItem(spec.robots, (robot) => managedItems.robot(robot.name));
  const found = byItem(observed.robots, (robot) => managedItems.robot(robot.name));
  const plan = compareKeyed(claim, {
    declared,
    found,
    make: (robot): Change[] => [{ type: 'CreateRobot', robot: robot.name, description: robot.description ?? '' }],
    adjust: (robot, { description }, what) =>
      robot.description === undefined || robot.description === description
        ? {}
        : { skipped: [{ what, reason: 'ImmutableField', message: 'Quay cannot change the description of a robot' }] },
    remove: (robot): Change[] => (mirrors.has(robot.name) ? [] : [{ type: 'DeleteRobot', robot: robot.name }]),
  });
  const held = [...found].flatMap(([what, { name }]) => {
    const mirror = mirrors.get(name);
    if (mirror === undefined || declared.has(what) || !claim.recorded(what)) return [];
    const message = `the mirror ${mirror} was set up with it, and Quay keeps it as long as that repository exists`;
    return [{ what, reason: 'ImmutableField' as const, message }];
  });
  return { ...plan, skipped: [...plan.skipped, ...held] };
}
