import { type Fault } from '../faults.js';
import { type RegistryModel } from '../model.js';
import { type ObservedObjects, type Owned } from './observed.js';
import { notManaged, notReady, ready, type State, unread } from './state.js';
import { databaseState, workloadState } from './workload-state.js';

/** Conditions of the components that Quay does not wait for, or that it does, by type. */
export type States = Readonly<Record<string, State>>;

/** What people see first, and what Quay needs. */
export function independentStates(model: RegistryModel, observed: ObservedObjects, faults: readonly Fault[]): States {
  const { postgres, clairPostgres, clair, redis } = model;
  return {
    ComponentHPAReady: autoscalerState(model, observed),
    ComponentRouteReady: routeState(model, observed),
    ComponentMonitoringReady: monitoringState(model, observed),
    ComponentPostgresReady: postgres === undefined ? notManaged("Quay's database") : databaseState(postgres, observed),
    ComponentObjectStorageReady: bucketState(model, observed),
    ComponentClairReady: clair === undefined ? notManaged('Clair') : workloadState(clair, observed),
    ComponentClairPostgresReady:
      clairPostgres === undefined ? notManaged("Clair's database") : databaseState(clairPostgres, observed),
    ComponentTLSReady: tlsState(model, faults),
    ComponentRedisReady: redis === undefined ? notManaged('Redis') : workloadState(redis, observed),
  };
}

function autoscalerState({ autoscalers, components }: RegistryModel, { autoscalers: seen }: ObservedObjects): State {
  const isManaged = components.some(({ kind, managed }) => kind === 'horizontalpodautoscaler' && managed);
  if (!isManaged) return notManaged('The autoscaler');
  // Of what is managed only: nobody makes one for a component that is not.
  return allThere(
    'HorizontalPodAutoscaler',
    autoscalers.map(({ name }) => name),
    seen,
  );
}

function routeState({ access, components }: RegistryModel, { routes }: ObservedObjects): State {
  if (!components.some(({ kind, managed }) => kind === 'route' && managed)) return notManaged('The Route');
  const names = access.routes.map(({ name }) => name);
  const there = allThere('Route', names, routes);
  if (there.status !== 'True') return there;
  const refused = names.filter((name) => routes?.[name]?.admitted !== true);
  return refused.length === 0
    ? ready('All Routes are admitted')
    : notReady(`Not admitted: Route ${refused.join(', ')}`);
}

function monitoringState({ monitoring }: RegistryModel, { serviceMonitors, rules }: ObservedObjects): State {
  if (monitoring === undefined) return notManaged('Monitoring');
  const monitor = allThere('ServiceMonitor', [monitoring.serviceMonitor], serviceMonitors);
  return monitor.status === 'True' ? allThere('PrometheusRule', [monitoring.rules], rules) : monitor;
}

function bucketState({ objectStorage }: RegistryModel, { bucketClaims }: ObservedObjects): State {
  if (objectStorage === undefined) return notManaged('Object storage');
  const { name } = objectStorage;
  const there = allThere('ObjectBucketClaim', [name], bucketClaims);
  if (there.status !== 'True') return there;
  const phase = bucketClaims?.[name]?.phase ?? 'unknown';
  return phase === 'Bound'
    ? ready(`ObjectBucketClaim ${name} is bound`)
    : notReady(`ObjectBucketClaim ${name} is ${phase}`);
}

function tlsState({ access, components }: RegistryModel, faults: readonly Fault[]): State {
  const wrong = faults.find(({ component, severity }) => component === 'tls' && severity === 'error');
  if (wrong !== undefined) return notReady(`${wrong.object} ${wrong.path}: ${wrong.message}`.replace(/ : /, ': '));
  if (components.some(({ kind, managed }) => kind === 'tls' && managed))
    return ready("The router's certificate is used");
  return ready(access.termination === 'edge' ? 'TLS ends in front of Quay' : 'The certificate of the user is used');
}

function allThere(kind: string, names: readonly string[], seen: Readonly<Record<string, Owned>> | undefined): State {
  if (seen === undefined) return unread(kind);
  const missing = names.filter((name) => seen[name] === undefined);
  if (missing.length > 0) return notReady(`Not there: ${kind} ${missing.join(', ')}`);
  const foreign = names.filter((name) => seen[name]?.owned === false);
  if (foreign.length > 0) return notReady(`Belongs to somebody else: ${kind} ${foreign.join(', ')}`);
  return ready(`There: ${kind} ${names.join(', ')}`);
}
