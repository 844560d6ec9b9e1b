import { readFile } from 'node:fs/promises';
import { checkOptions } from './check-options.js';
import { InvalidOptions, type OptionFault } from './invalid-options.js';
import { type Fixtures } from './options.js';

/** What of a scenario file a simulator starts with. */
export interface ScenarioSetting {
  readonly fixtures: Fixtures;
  readonly features: Readonly<Record<string, boolean>>;
}

/** Fixtures and features of a scenario file; its steps are ignored. */
export async function readScenario(path: string): Promise<ScenarioSetting> {
  const scenario = parsed(path, await contents(path));
  const faults: OptionFault[] = [];
  const setting = {
    fixtures: { users: usersIn(scenario, faults), credentials: credentialsIn(scenario, faults) },
    features: featuresIn(scenario, faults),
  };
  if (faults.length > 0) throw new InvalidOptions(faults.map((fault) => ({ source: path, ...fault })));
  checkOptions(setting);
  return setting;
}

type Fields = Readonly<Record<string, unknown>>;

async function contents(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const hint = 'Give the path of a JSON file with fixtures.users and fixtures.credentials.';
    const message = `the scenario file cannot be read: ${wordsOf(cause)}`;
    throw new InvalidOptions([{ source: path, path: '', message, hint }], { cause });
  }
}

function parsed(path: string, text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch (cause) {
    throw new InvalidOptions([{ source: path, path: '', message: `not JSON: ${wordsOf(cause)}` }]);
  }
  throw new InvalidOptions([{ source: path, path: '', message: 'a scenario is a JSON object' }]);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fixturesOf({ fixtures }: Fields): Fields {
  return isFields(fixtures) ? fixtures : {};
}

function usersIn(scenario: Fields, faults: OptionFault[]): Fixtures['users'] {
  const { users } = fixturesOf(scenario);
  if (!Array.isArray(users)) {
    faults.push({ path: 'fixtures.users', message: 'must be a list of users' });
    return [];
  }
  return users.flatMap((user: unknown, index) => {
    if (!isFields(user) || typeof user.name !== 'string') {
      faults.push({ path: `fixtures.users[${index}].name`, message: 'must be a string' });
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

function credentialsIn(scenario: Fields, faults: OptionFault[]): Fixtures['credentials'] {
  const { credentials } = fixturesOf(scenario);
  if (!isFields(credentials)) {
    faults.push({ path: 'fixtures.credentials', message: 'must be an object of named credentials' });
    return {};
  }
  const entries = Object.entries(credentials).map(([name, credential]) => {
    const { owner, scopes, expired } = isFields(credential) ? credential : {};
    const path = `fixtures.credentials.${name}`;
    if (typeof owner !== 'string') faults.push({ path: `${path}.owner`, message: 'must be the name of a user' });
    if (!Array.isArray(scopes)) faults.push({ path: `${path}.scopes`, message: 'must be a list of scopes' });
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

function featuresIn({ features }: Fields, faults: OptionFault[]): Readonly<Record<string, boolean>> {
  if (features === undefined) return {};
  const entries = Object.entries(isFields(features) ? features : {});
  for (const [name, value] of entries) {
    if (typeof value !== 'boolean') faults.push({ path: `features.${name}`, message: 'must be true or false' });
  }
  if (!isFields(features)) faults.push({ path: 'features', message: 'must be an object of flags' });
  return Object.fromEntries(entries.map(([name, value]) => [name, value === true]));
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
