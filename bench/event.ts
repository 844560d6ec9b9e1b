import { setTimeout as sleep } from 'node:timers/promises';
import { writes } from '../test/control-plane/audit/filter.js';
import { synced } from './operator/synced.js';
import { project as projectObject, stream, streamsPath } from './operator/objects.js';
import { startOperator } from './operator/process.js';
import { endOfRound } from './operator/rounds.js';
import { openFixture, type Fixture } from './operator/fixture.js';
import { type Benchmark, result } from './result.js';

const streams = 100;
const project = 'project-00000';
/** Longer than a batch of changes stays open. */
const upToDate = 12_000;

interface Calls {
  readonly reads: number;
  readonly writes: number;
  readonly secrets: number;
}

/** What a new project with some image streams takes: the organization, its mark, three robots, their permissions, repositories. */
const fresh = { name: 'fresh', streams: 5, calls: 1 + 1 + 3 + 3 + 5 };
const creation = 'POST /api/v1/repository';

/** One image stream more, and one that changes in what nobody asks for, in a namespace of a hundred; and a new project. */
export const event: Benchmark = async () => {
  const fixture = await openFixture({ namespaces: 1, streams });
  const operator = await startOperator(fixture.plane.kubeconfig, fixture.folder);
  try {
    await synced(fixture, { repositories: streams }, 120_000);
    await fixture.edit({ interval: '2s' });
    await endOfRound(operator);
    await fixture.edit({ interval: '1h' });
    const added = await during(fixture, async () => {
      await fixture.requests.send({ method: 'POST', path: streamsPath(project), body: stream('added') });
      await synced(fixture, { repositories: streams + 1 }, 60_000);
    });
    const changed = await during(fixture, async () => {
      const type = 'application/merge-patch+json';
      const path = `${streamsPath(project)}/app-0`;
      await fixture.requests.send({ method: 'PATCH', path, body: { metadata: { labels: { colour: 'blue' } } }, type });
      const status = { dockerImageRepository: 'registry.example.com/other' };
      await fixture.requests.send({ method: 'PATCH', path: `${path}/status`, body: { status }, type });
    });
    const created = await during(fixture, async () => {
      const { send } = fixture.requests;
      await send({ method: 'POST', path: '/api/v1/namespaces', body: projectObject(fresh.name) });
      for (let at = 0; at < fresh.streams; at += 1)
        await send({ method: 'POST', path: streamsPath(fresh.name), body: stream(`app-${at}`) });
      while (((await fixture.quayCounts()).byRoute[creation] ?? 0) < fresh.streams) await sleep(250);
    });
    const name = (what: string): string => `event 1 × ${streams}: ${what}`;
    const calls = (value: number, bound: number) => ({ value, bound, unit: 'calls', goal: Math.min(1, bound) });
    return [
      result(name('image stream added, Quay writes'), calls(added.writes, 1)),
      result(name('image stream added, Quay reads'), calls(added.reads, 1)),
      result(name('image stream added, Secret writes'), calls(added.secrets, 0)),
      result(name('label or status changed, Quay calls'), calls(changed.reads + changed.writes, 0)),
      result(name(`new project with ${fresh.streams} image streams, Quay calls`), {
        value: created.reads + created.writes,
        bound: fresh.calls,
        unit: 'calls',
        // And one that asks whether it is there already.
        goal: (fresh.calls + 1) / fresh.calls,
      }),
    ];
  } finally {
    await operator.stop();
    await fixture.remove();
  }
};

/** What is asked while something is done, and until all that comes of it is over. */
async function during(fixture: Fixture, work: () => Promise<void>): Promise<Calls> {
  await sleep(upToDate);
  await fixture.reset();
  await work();
  await sleep(upToDate);
  const { total, writes: written } = await fixture.quayCounts();
  const secrets = await fixture.plane.audit.count({
    userAgent: 'quayside-operator',
    verb: writes,
    resource: 'secrets',
  });
  return { reads: total - written, writes: written, secrets };
}
