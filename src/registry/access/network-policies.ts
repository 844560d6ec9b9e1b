import { type NetworkPolicyModel } from '../model/parts.js';
import { type Labels } from '../model/workload.js';
import { type Context, isManaged } from '../settings/context.js';
import { componentLabel, registryLabels } from '../workloads/labels.js';

/** Which pods may call which: data only by those that use it, Quay itself by anyone. */
export function networkPolicies(context: Context): readonly NetworkPolicyModel[] {
  if (context.options.networkPolicies !== true) return [];
  const { names } = context;
  const pods = (part: string): Labels => ({ ...registryLabels(context), [componentLabel]: part });
  const quay = [pods('quay-app'), pods('quay-mirror'), pods('quay-app-upgrade')];
  const all = [
    { kind: 'quay', name: names.app, podSelector: pods('quay-app'), ports: [8080, 8443, 55_443, 9091], from: 'anyone' },
    { kind: 'mirror', name: names.mirror, podSelector: pods('quay-mirror'), ports: [], from: [] },
    { kind: 'clair', name: names.clair, podSelector: pods('clair-app'), ports: [8080, 8089], from: quay },
    { kind: 'redis', name: names.redis, podSelector: pods('redis'), ports: [6379], from: quay },
    { kind: 'postgres', name: names.database, podSelector: pods('postgres'), ports: [5432], from: quay },
    {
      kind: 'clairpostgres',
      name: names.clairDatabase,
      podSelector: pods('clair-postgres'),
      ports: [5432],
      from: [pods('clair-app')],
    },
  ] as const;
  return all.filter(({ kind }) => isManaged(context, kind)).map(({ kind: _kind, ...policy }) => policy);
}
