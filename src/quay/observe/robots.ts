import type { ObservedRobot } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { listIn, listOf, objectOf, textIn, textOr } from '../answer/fields.js';
import { RobotToken } from '../robot-token.js';
import { byName, type Reading } from './context.js';
import { readGrants } from './grants.js';

/** The robots of an organization, and the names that only Quay's wildcard brought along. */
export interface RobotList {
  readonly robots: readonly ObservedRobot[];
  readonly foreign: readonly string[];
  readonly tokens: ReadonlyMap<string, RobotToken>;
}

/** Reads all robots, with their tokens only when asked. Their repositories are not checked for existence yet. */
export async function readRobots({ ask, calls, names }: Reading, withTokens: boolean): Promise<RobotList> {
  const call = calls.organization('GET', `/robots?permissions=true&token=${withTokens}`);
  const source = asked(call);
  const body = objectOf(await ask.read(call), source, 'the list');
  const robots: ObservedRobot[] = [];
  const foreign: string[] = [];
  const tokens = new Map<string, RobotToken>();
  for (const entry of listIn(body, 'robots', source)) {
    const robot = objectOf(entry, source, 'a robot');
    const full = textIn(robot, 'name', source);
    const name = names.short(full);
    if (name === undefined) {
      foreign.push(full);
      continue;
    }
    const repositories = listOf(robot.repositories ?? [], source, 'repositories').filter(
      (value) => typeof value === 'string',
    );
    robots.push({ name, description: textOr(robot, 'description', '', source), repositories: repositories.sort() });
    if (withTokens) tokens.set(name, new RobotToken(textIn(robot, 'token', source)));
  }
  return { robots: robots.sort(byName), foreign: foreign.sort(), tokens };
}

/** Leaves out repositories that no longer exist and, where needed, reads the roles on the others. */
export async function completeRobots(
  reading: Reading,
  robots: readonly ObservedRobot[],
  exists: (repository: string) => boolean,
): Promise<readonly ObservedRobot[]> {
  return Promise.all(
    robots.map(async (robot) => {
      const repositories = robot.repositories.filter(exists);
      if (!reading.needs.roles) return { ...robot, repositories };
      if (repositories.length === 0) return { ...robot, repositories, permissions: [] };
      const call = reading.calls.organization('GET', '/robots/{robot}/permissions', [robot.name], {
        scope: 'user:admin',
      });
      return { ...robot, repositories, permissions: await readGrants(reading.ask, call, exists) };
    }),
  );
}
