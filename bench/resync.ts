import { writes } from '../test/control-plane/audit/filter.js';
import type { LargeCluster } from './operator/large-cluster.js';
import { endOfRound } from './operator/rounds.js';
import { large } from './operator/size.js';
import { type Benchmark, result } from './result.js';

/** One look at every organization in a cluster where nothing has changed, without Quay's audit log. */
export function resync(cluster: LargeCluster): Benchmark {
  return async () => {
    const { fixture, operator } = await cluster.begun();
    const { namespaces, streams } = large;
    await fixture.useToken(fixture.quay.plainToken);
    // Long enough that a round ends well before the next one begins.
    await fixture.edit({ interval: `${15 + Math.ceil(namespaces / 25)}s` });
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
    const name = (what: string): string => `resync ${namespaces} × ${streams}: ${what}`;
    const nothing = { bound: 0, unit: 'calls', goal: 0 };
    return [
      result(name('organizations not read'), { ...nothing, value: Math.max(0, namespaces - seen) }),
      result(name(`Quay reads each (${cpuSeconds.toFixed(1)} s CPU)`), {
        value: (counts.total - counts.writes) / namespaces,
        bound: 3 + Math.ceil(streams / 100),
        unit: 'calls',
        goal: 1,
      }),
      result(name('Quay writes'), { ...nothing, value: counts.writes }),
      result(name('API writes'), { ...nothing, value: written.filter(({ resource }) => resource !== 'leases').length }),
    ];
  };
}
