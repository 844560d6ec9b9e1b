import { writes } from '../test/control-plane/audit/filter.js';
import type { LargeCluster } from './operator/large-cluster.js';
import { endOfRound } from './operator/rounds.js';
import { large } from './operator/size.js';
import { type Benchmark, result } from './result.js';

const robots = 3;
/** The default, in seconds. */
const fullInterval = 6 * 3600;

/** One look at every organization in a cluster where nothing has changed, without Quay's audit log. */
export function resync(cluster: LargeCluster): Benchmark {
  return async () => {
    const { fixture, operator } = await cluster.begun();
    const { namespaces, streams } = large;
    await fixture.useToken(fixture.quay.plainToken);
    // Long enough that a round ends well before the next one begins.
    const interval = 15 + Math.ceil(namespaces / 25);
    await fixture.edit({ interval: `${interval}s` });
    await endOfRound(operator);
    await endOfRound(operator);
    await fixture.reset();
    const used = await operator.cpuSeconds();
    await endOfRound(operator);
    const cpuSeconds = (await operator.cpuSeconds()) - used;
    const counts = await fixture.quayCounts();
    const written = await fixture.plane.audit.requests({ userAgent: 'quayside-operator', verb: writes });
    await fixture.edit({ interval: '1h' });
    await fixture.useToken(fixture.quay.token);
    const seen = counts.byRoute['GET /api/v1/organization/{org}'] ?? 0;
    // Of a slice in each round, so that each has its turn within the `fullInterval`.
    const roles = counts.byRoute['GET /api/v1/organization/{org}/robots/{robot_shortname}/permissions'] ?? 0;
    const slice = Math.ceil((namespaces * interval) / fullInterval);
    const name = (what: string): string => `resync ${namespaces} × ${streams}: ${what}`;
    const nothing = { bound: 0, unit: 'calls', goal: 0 };
    return [
      result(name('organizations not read'), { ...nothing, value: Math.max(0, namespaces - seen) }),
      result(name(`Quay reads each (${cpuSeconds.toFixed(1)} s CPU)`), {
        value: (counts.total - counts.writes - roles) / namespaces,
        bound: 3 + Math.ceil(streams / 100),
        unit: 'calls',
        goal: 1,
      }),
      result(name('Quay reads the roles of robots of a slice'), {
        value: roles,
        bound: robots * slice,
        unit: 'calls',
        goal: 1,
      }),
      result(name('Quay writes'), { ...nothing, value: counts.writes }),
      result(name('API writes'), { ...nothing, value: written.filter(({ resource }) => resource !== 'leases').length }),
    ];
  };
}
