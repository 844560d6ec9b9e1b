import { readFile } from 'node:fs/promises';
import type { Problem } from '../../src/errors/index.js';
import { InvalidInput, TerminalError, toError } from '../../src/errors/index.js';
import { checkOptions } from './check-options.js';
import type { Fixtures } from './options.js';

/** What of a scenario file a simulator starts with. */
export interface ScenarioSetting {
  readonly fixtures: Fixtures;
  readonly features: Readonly<Record<string, boolean>>;
}

/** Fixtures and features of a scenario file; its steps are left alone. */
export async function readScenario(path: string): Promise<ScenarioSetting> {
  const scenario = parsed(path, await contents(path));
  const problems: Problem[] = [];
  const setting = {
    fixtures: { users: usersIn(scenario, problems), credentials: credentialsIn(scenario, problems) },
    features: featuresIn(scenario, problems),
  };
  if (problems.length > 0) throw new InvalidInput(problems.map((problem) => ({ source: path, ...problem })));
  checkOptions(setting);
  return setting;
}

type Fields = Readonly<Record<string, unknown>>;

async function contents(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new TerminalError('ScenarioNotReadable', `cannot read the scenario file ${path}`, {
      cause: toError(cause),
      hint: 'Give the path of a JSON file with fixtures.users and fixtures.credentials.',
    });
  }
}

function parsed(path: string, text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch (cause) {
    throw new InvalidInput([{ source: path, path: '', message: `not JSON: ${toError(cause).message}` }]);
  }
  throw new InvalidInput([{ source: path, path: '', message: 'a scenario is a JSON object' }]);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fixturesOf({ fixtures }: Fields): Fields {
  return isFields(fixtures) ? fixtures : {};
}

function usersIn(scenario: Fields, problems: Problem[]): Fixtures['users'] {
  const { users } = fixturesOf(scenario);
  if (!Array.isArray(users)) {
    problems.push({ path: 'fixtures.users', message: 'must be a list of users' });
    return [];
  }
  return users.flatMap((user: unknown, index) => {
    if (!isFields(user) || typeof user.name !== 'string') {
      problems.push({ path: `fixtures.users[${index}].name`, message: 'must be a string' });
      return [];
    }
    const { name, email, superuser, disabled } = user;
    return [
      {
        name,
        ...(typeof email === 'string' && { email }),
        superuser: superuser === true,
        disabled: disabled === true,
      },
    ];
  });
}

function credentialsIn(scenario: Fields, problems: Problem[]): Fixtures['credentials'] {
  const { credentials } = fixturesOf(scenario);
  if (!isFields(credentials)) {
    problems.push({ path: 'fixtures.credentials', message: 'must be an object of named credentials' });
    return {};
  }
  const entries = Object.entries(credentials).map(([name, credential]) => {
    const { owner, scopes, expired } = isFields(credential) ? credential : {};
    const path = `fixtures.credentials.${name}`;
    if (typeof owner !== 'string') problems.push({ path: `${path}.owner`, message: 'must be the name of a user' });
    if (!Array.isArray(scopes)) problems.push({ path: `${path}.scopes`, message: 'must be a list of scopes' });
    return [
      name,
      {
        owner: String(owner),
        scopes: Array.isArray(scopes) ? scopes.map(String) : [],
        expired: expired === true,
      },
    ] as const;
  });
  return Object.fromEntries(entries);
}

function featuresIn({ features }: Fields, problems: Problem[]): Readonly<Record<string, boolean>> {
  if (features === undefined) return {};
  const entries = Object.entries(isFields(features) ? features : {});
  for (const [name, value] of entries) {
    if (typeof value !== 'boolean') problems.push({ path: `features.${name}`, message: 'must be true or false' });
  }
  if (!isFields(features)) problems.push({ path: 'features', message: 'must be an object of flags' });
  return Object.fromEntries(entries.map(([name, value]) => [name, value === true]));
}
