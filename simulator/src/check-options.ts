import type { Problem } from '../../src/errors/index.js';
import { InvalidInput } from '../../src/errors/index.js';
import type { Fixtures, SimulatorOptions } from './options.js';

/** Refuses options that would start a server nobody meant: all faults at once. */
export function checkOptions({ fixtures, port, controlPort }: SimulatorOptions): void {
  const problems = [...portProblems({ port, controlPort }), ...(fixtures ? fixtureProblems(fixtures) : [])];
  if (problems.length > 0) throw new InvalidInput(problems);
}

function portProblems(ports: Readonly<Record<string, number | undefined>>): readonly Problem[] {
  return Object.entries(ports).flatMap(([path, port = 0]) =>
    Number.isInteger(port) && port >= 0 && port <= 65_535 ? [] : [{ path, message: `${port} is not a port` }],
  );
}

function fixtureProblems({ users, credentials }: Fixtures): readonly Problem[] {
  const names = new Set<string>();
  const doubles = users.flatMap(({ name }, index) => {
    const isDouble = names.has(name);
    names.add(name);
    return isDouble ? [{ path: `fixtures.users[${index}].name`, message: `there are two users "${name}"` }] : [];
  });
  const strays = Object.entries(credentials)
    .filter(([, { owner }]) => !names.has(owner))
    .map(([name, { owner }]) => ({
      path: `fixtures.credentials.${name}.owner`,
      message: `there is no user "${owner}"`,
      hint: 'add it to fixtures.users',
    }));
  return [...doubles, ...strays];
}
