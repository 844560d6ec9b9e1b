import { setTimeout as sleep } from 'node:timers/promises';
import type { LargeCluster } from './operator/large-cluster.js';
import type { Fixture } from './operator/fixture.js';
import { project } from './operator/objects.js';
import type { OperatorProcess } from './operator/process.js';
import { endOfRound } from './operator/rounds.js';
import { large } from './operator/size.js';
import { type Benchmark, result } from './result.js';

const changed = 10;
/** Organization, robots, default permissions, repositories; and the roles of three robots. */
const calls = { each: 4, roles: 3 };
const list = 'GET /api/v1/superuser/logs';
const one = 'GET /api/v1/organization/{org}';
const repositories = 'GET /api/v1/repository';
const perPage = 20;
/** Milliseconds after its start in which an operator has begun to look for images that were lost while it was away. */
const lostAfter = 130_000;

/** What an operator at rest asks a Quay whose audit log it may read, and what it asks when some organizations were changed by hand. */
export function feed(cluster: LargeCluster): Benchmark {
  return async () => {
    const { fixture, operator } = await cluster.begun();
    const { namespaces } = large;
    const interval = 20 + Math.ceil(namespaces / 25);
    const during = async (): Promise<Awaited<ReturnType<typeof fixture.quayCounts>>> => {
      await endOfRound(operator);
      await fixture.reset();
      await endOfRound(operator);
      return fixture.quayCounts();
    };
    // A row of its own writes shows the operator that the log can be relied on.
    await fixture.edit({ interval: `${interval}s`, fullInterval: '100000h' });
    await endOfRound(operator);
    await fixture.requests.send({ method: 'POST', path: '/api/v1/namespaces', body: project('of-its-own') });
    const trusted = 'quayside_audit_log_trusted{integration="quay"}';
    for (let rounds = 0; (await operator.metric(trusted)) !== 1; rounds += 1) {
      if (rounds > 5) throw new Error('the operator does not rely on the audit log');
      await endOfRound(operator);
    }
    await lostImagesLookedFor(fixture, operator);
    const quiet = await during();

    await endOfRound(operator);
    await fixture.reset();
    const names = fixture.projects.slice(0, changed).map((name) => `openshift_${name}`);
    for (const name of names) await createTeam(fixture.quay, name);
    await endOfRound(operator);
    const found = await fixture.quayCounts();
    const rows = found.byRoute[list] ?? 0;
    process.stderr.write(`  after ${changed} changes: ${JSON.stringify(found.byRoute)}\n`);

    const parts = 36;
    await fixture.edit({ fullInterval: `${interval * parts}s` });
    await endOfRound(operator);
    await endOfRound(operator);
    const sliced = await during();
    await fixture.edit({ interval: '1h', fullInterval: '6h' });
    await sleep(1_000);

    const slice = Math.ceil(namespaces / parts);
    const name = (what: string): string => `feed ${namespaces}: ${what}`;
    const most = (value: number, bound: number) => ({ value, bound, unit: 'calls', goal: 1 });
    const { each, roles } = calls;
    return [
      result(name('an interval at rest, one organization of the slice'), most(quiet.total, 1 + each + roles)),
      result(
        name(`${changed} changed by hand: pages, and others read`),
        most(rows + (found.byRoute[one] ?? 0) - changed, 3),
      ),
      // Counts, a page for twenty rows, the changed ones, and one of the slice with its roles.
      result(
        name(`${changed} changed by hand`),
        most(found.total - changed, 1 + Math.ceil(changed / perPage) + changed * each + each + roles),
      ),
      result(name(`an interval at rest, a slice of ${slice}`), most(sliced.total, 1 + slice * (each + roles))),
      result(name('an interval at rest, against reading all'), most(sliced.total, namespaces * each)),
    ];
  };
}

/** That look takes one call for each organization, once a start, and is none of what is counted here. */
async function lostImagesLookedFor(fixture: Fixture, operator: OperatorProcess): Promise<void> {
  await sleep(Math.max(0, operator.started + lostAfter - performance.now()));
  for (;;) {
    await fixture.reset();
    await endOfRound(operator);
    const { byRoute } = await fixture.quayCounts();
    // Who looks at an organization lists its repositories too.
    if ((byRoute[repositories] ?? 0) <= (byRoute[one] ?? 0)) return;
  }
}

async function createTeam(
  { url, token }: { readonly url: string; readonly token: string },
  organization: string,
): Promise<void> {
  const { status } = await fetch(`${url}/api/v1/organization/${organization}/team/byhand`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'member' }),
  });
  if (status !== 200) throw new Error(`a team in ${organization}: ${status}`);
}
