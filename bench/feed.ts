import { type LightCluster, openLightCluster } from './light/cluster.js';
import { endOfRound } from './operator/rounds.js';
import { large } from './operator/size.js';
import type { SimulatedQuay } from './process.js';
import { type Benchmark, result } from './result.js';

const changed = 10;
/** Seconds. What is counted is the calls of an interval, however long it is. */
const interval = 3;
/** Intervals in the whole time, as of ten minutes in six hours. */
const parts = 36;
/** Organization, robots, default permissions, repositories; and the roles of three robots. */
const calls = { each: 4, roles: 3 };
const perPage = 20;
/** A slice of one. */
const withoutSlice = { fullInterval: '100000h' };

/** What was asked: beside what concerns an organization, and of which organizations; roles of robots are counted apart. */
interface Asked {
  readonly beside: number;
  readonly ofOrganizations: number;
  readonly roles: number;
  readonly organizations: ReadonlySet<string>;
}

/** What an operator at rest asks a Quay whose audit log it may read, and what it asks when some organizations were changed by hand. */
export const feed: Benchmark = async () => {
  const { namespaces } = large;
  // More repositories take the same calls.
  const cluster = await openLightCluster({ namespaces, streams: 1 });
  try {
    await untilTrusted(cluster);
    const quiet = await during(cluster, async () => undefined);
    cluster.edit({ fullInterval: `${interval * parts}s` });
    // It may be in the middle of a round.
    await endOfRound(cluster.operator);
    const sliced = await during(cluster, async () => undefined);
    cluster.edit(withoutSlice);
    await endOfRound(cluster.operator);
    const names = cluster.projects.slice(0, changed).map((name) => `openshift_${name}`);
    const found = await during(cluster, async () => {
      for (const name of names) await createTeam(cluster.quay, name);
    });
    const slice = Math.ceil(namespaces / parts);
    const name = (what: string): string => `feed ${namespaces}: ${what}`;
    const most = (value: number, bound: number) => ({ value, bound, unit: 'calls', goal: 1 });
    const others = [...found.organizations].filter((one) => !names.includes(one)).length;
    const missed = names.filter((one) => !found.organizations.has(one)).length;
    return [
      result(name('an interval at rest, without the slice'), most(quiet.beside, 1)),
      result(name(`${changed} changed by hand, not read`), { ...most(missed, 0), unit: 'organizations' }),
      // The slice is of one, and may be one of the ten.
      result(name('not changed and read, with a slice of 1'), { ...most(others, 1), unit: 'organizations' }),
      result(
        name(`${changed} changed by hand`),
        most(
          found.beside + found.ofOrganizations - others * calls.each,
          1 + Math.ceil(changed / perPage) + changed * calls.each,
        ),
      ),
      result(
        name(`an interval at rest, a slice of ${slice}`),
        most(sliced.beside + sliced.ofOrganizations, 1 + slice * calls.each),
      ),
      result(name(`roles of the slice's ${slice * calls.roles} robots`), most(sliced.roles, slice * calls.roles)),
      result(
        name('at rest, with roles, against reading all'),
        most(sliced.beside + sliced.ofOrganizations + sliced.roles, namespaces * calls.each),
      ),
    ];
  } finally {
    await cluster.remove();
  }
};

/** A row of its own writes shows the operator that the log can be relied on. */
async function untilTrusted({ quay, operator, edit, createProject }: LightCluster): Promise<void> {
  await forward(quay);
  edit({ interval: `${interval}s`, ...withoutSlice });
  await endOfRound(operator);
  createProject('of-its-own');
  for (let rounds = 0; (await operator.metric('quayside_audit_log_trusted{integration="quay"}')) !== 1; rounds += 1) {
    if (rounds > 9) throw new Error('the operator does not rely on the audit log');
    await endOfRound(operator);
  }
  await forward(quay);
  await endOfRound(operator);
}

/** Rows of the minute before are listed again: all of a cluster that was just set up. */
async function forward({ control }: Pick<SimulatedQuay, 'control'>): Promise<void> {
  await fetch(`${control}/clock`, { method: 'POST', body: JSON.stringify({ seconds: 120 }) });
}

/** What is asked in the interval in which something is done. */
async function during({ operator, quay }: LightCluster, work: () => Promise<void>): Promise<Asked> {
  await endOfRound(operator);
  await work();
  await fetch(`${quay.control}/requests`, { method: 'DELETE' });
  await endOfRound(operator);
  // After two minutes it looks once for images that were pushed while nobody followed the Builds.
  const requests = (await (await fetch(`${quay.control}/requests/list`)).json()) as readonly { path: string }[];
  const asked = requests
    .filter(({ path }) => !path.includes('last_modified='))
    .map(({ path }) => ({ path, organization: organizationIn(path) }));
  const count = (matches: (one: (typeof asked)[number]) => boolean): number => asked.filter(matches).length;
  const isRoles = ({ path }: (typeof asked)[number]): boolean => /\/robots\/[^/]+\/permissions/.test(path);
  return {
    beside: count(({ organization }) => organization === undefined),
    ofOrganizations: count((one) => one.organization !== undefined && !isRoles(one)),
    roles: count(isRoles),
    organizations: new Set(asked.flatMap(({ organization }) => (organization === undefined ? [] : [organization]))),
  };
}

function organizationIn(path: string): string | undefined {
  const [, inPath, inQuery] =
    /^\/api\/v1\/(?:organization\/([^/?]+)|repository\?.*\bnamespace=([^&]+))/.exec(path) ?? [];
  return inPath ?? inQuery;
}

async function createTeam({ url, token }: Pick<SimulatedQuay, 'url' | 'token'>, organization: string): Promise<void> {
  const { status } = await fetch(`${url}/api/v1/organization/${organization}/team/byhand`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'member' }),
  });
  if (status !== 200) throw new Error(`a team in ${organization}: ${status}`);
}
