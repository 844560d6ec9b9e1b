import { InvalidOptions, type OptionFault } from './invalid-options.js';
import { type Fixtures, type SimulatorOptions } from './options.js';

/** Refuses options that would start a server nobody meant: all faults at once. */
export function checkOptions({ fixtures, port, controlPort }: SimulatorOptions): void {
  const faults = [...portProblems({ port, controlPort }), ...(fixtures ? fixtureProblems(fixtures) : [])];
  if (faults.length > 0) throw new InvalidOptions(faults);
}

function portProblems(ports: Readonly<Record<string, number | undefined>>): readonly OptionFault[] {
  return Object.entries(ports).flatMap(([path, port = 0]) =>
    Number.isInteger(port) && port >= 0 && port <= 65_535 ? [] : [{ path, message: `${port} is not a port` }],
  );
}

function fixtureProblems({ users, credentials }: Fixtures): readonly OptionFault[] {
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
