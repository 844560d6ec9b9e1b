import { asked } from '../answer/failure.js';
import { type JsonObject, listIn, objectOf, optionalText } from '../answer/fields.js';
import type { Reading } from './context.js';

type Part = Pick<Reading, 'ask' | 'calls' | 'names'>;

/** Who is in teams, and who may come into them by himself. */
export interface Owners {
  /** Members, robots as `+short`. */
  readonly direct: readonly string[];
  /** Invited and not in yet, by name or address. */
  readonly invited: readonly string[];
  /** Whether one of the teams follows a group. */
  readonly synced: boolean;
}

/** Reads who is in these teams; one that is not there has nobody. */
export async function readOwners(reading: Part, teams: readonly string[]): Promise<Owners> {
  const all = await Promise.all(teams.map((team) => readTeam(reading, team)));
  const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
  return {
    direct: unique(all.flatMap(({ direct }) => direct)),
    invited: unique(all.flatMap(({ invited }) => invited)),
    synced: all.some(({ synced }) => synced),
  };
}

async function readTeam({ ask, calls, names }: Part, team: string): Promise<Owners> {
  const call = calls.organization('GET', '/team/{team}/members?includePending=true', [team]);
  const source = asked(call);
  const answer = await ask.find(call);
  if (answer === undefined) return { direct: [], invited: [], synced: false };
  const body = objectOf(answer, source, 'the team');
  const entries = listIn(body, 'members', source).map((entry) => objectOf(entry, source, 'a member'));
  const nameOf = (entry: JsonObject): string => {
    const name = optionalText(entry, 'name', source);
    return name === undefined ? (optionalText(entry, 'email', source) ?? 'somebody') : names.member(name);
  };
  const isInvited = (entry: JsonObject): boolean => entry.invited === true;
  return {
    direct: entries.filter((entry) => !isInvited(entry)).map(nameOf),
    invited: entries.filter(isInvited).map(nameOf),
    synced: body.synced !== undefined && body.synced !== null && body.synced !== false,
  };
}

/** How many OAuth applications an organization has. */
export async function countApplications({ ask, calls }: Pick<Reading, 'ask' | 'calls'>): Promise<number> {
  const call = calls.organization('GET', '/applications');
  const source = asked(call);
  return listIn(objectOf(await ask.read(call), source, 'the answer'), 'applications', source).length;
}
