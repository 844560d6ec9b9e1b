import { type Component, type ComponentKind, type QuayRegistry } from '../../api/index.js';
import { type Fault, faultsOf, type FaultText } from '../faults.js';
import { type ClusterFacts } from '../inputs.js';
import { type ComponentState } from '../model/parts.js';
import { componentOrder } from './kinds.js';
import { type Need, needOf } from './offers.js';

/** The components of a registry, by kind. */
export type Components = Readonly<Record<ComponentKind, ComponentState>>;

/** What decides on the defaults beside the cluster. */
export interface Given {
  readonly registry: QuayRegistry;
  readonly facts: ClusterFacts;
  /** Whether the bundle or a Secret has a certificate or a key for Quay. */
  readonly hasCertificate: boolean;
  /** Whether clair-config.yaml names a database. */
  readonly hasClairDatabase: boolean;
}

/** Every component's state: what the spec says, else the default for what this cluster offers. Nothing is written into the spec. */
export function resolveComponents(given: Given): { components: Components; faults: readonly Fault[] } {
  const stated = new Map<ComponentKind, Component>();
  // The first counts, as it does for the Quay Operator.
  for (const component of [...(given.registry.spec?.components ?? [])].reverse()) stated.set(component.kind, component);
  const states: Partial<Record<ComponentKind, ComponentState>> = {};
  // Whether Clair's database is needed depends on Clair, so the order counts.
  for (const kind of componentOrder) {
    const component = stated.get(kind);
    states[kind] = component === undefined ? byDefault(kind, given, states) : stateIn(component);
  }
  const components = states as Components;
  return { components, faults: faultsIn(given, components).map(faultsOf(`QuayRegistry/${nameOf(given)}`)) };
}

function stateIn({ kind, managed }: Component): ComponentState {
  if (kind === 'quay' && !managed)
    return { kind, managed: true, origin: 'default', because: 'quay cannot be unmanaged' };
  return { kind, managed, origin: 'spec', because: 'the spec says so' };
}

const nameOf = ({ registry }: Given): string => registry.metadata.name;

function byDefault(kind: ComponentKind, given: Given, so: Partial<Components>): ComponentState {
  const state = (managed: boolean, because: string): ComponentState => ({ kind, managed, origin: 'default', because });
  const need = needOf(kind, given.facts);
  // Unknown is not absent: it stays managed, and a fault says that nothing is known.
  if (need?.served === false) return state(false, `the cluster lacks ${need.what}`);
  if (kind === 'tls' && given.hasCertificate) return state(false, 'there is a certificate of its own');
  if (kind === 'monitoring' && given.facts.hasDashboardNamespace === false) {
    return state(false, 'the cluster lacks the namespace openshift-config-managed');
  }
  if (kind === 'clairpostgres') {
    if (so.clair?.managed === false) return state(false, 'Clair is not managed, and nothing else uses it');
    if (given.hasClairDatabase) return state(false, 'clair-config.yaml names a database');
  }
  return state(true, need === undefined ? 'the default' : `the cluster has ${need.what}`);
}

function faultsIn(given: Given, components: Components): readonly FaultText[] {
  const list = given.registry.spec?.components ?? [];
  const spec = list.flatMap((component, at) => [
    ...repeated(list, component, at),
    ...misplaced(component, at),
    ...unmanagedQuay(component, at),
  ]);
  const apis = componentOrder.flatMap((kind) => apiFault(list, components[kind], needOf(kind, given.facts)));
  return [...spec, ...apis];
}

function repeated(list: readonly Component[], { kind }: Component, at: number): readonly FaultText[] {
  const first = list.findIndex((other) => other.kind === kind);
  if (first === at) return [];
  const message = `${kind} is listed already at spec.components[${first}]`;
  return [{ path: `spec.components[${at}]`, message, hint: 'Keep one of the two.' }];
}

function misplaced({ kind, secretRef }: Component, at: number): readonly FaultText[] {
  if (secretRef === undefined || kind === 'tls') return [];
  const message = `secretRef has a meaning for tls only, not for ${kind}`;
  const hint = 'Take it out, or move it to tls.';
  return [{ path: `spec.components[${at}].secretRef`, message, hint, severity: 'warning' }];
}

function unmanagedQuay({ kind, managed }: Component, at: number): readonly FaultText[] {
  if (kind !== 'quay' || managed) return [];
  // The Quay Operator sets it to true in the spec. Here the spec stays the user's, and says what is not so.
  const message = 'quay cannot be unmanaged, and is managed';
  const hint = 'Set it to true; to stop Quay, set overrides.replicas to 0.';
  return [{ path: `spec.components[${at}].managed`, message, hint, severity: 'warning' }];
}

function apiFault(
  list: readonly Component[],
  { kind, managed, origin }: ComponentState,
  need: Need | undefined,
): readonly FaultText[] {
  if (!managed || need === undefined || need.served === true) return [];
  const at = list.findIndex((component) => component.kind === kind);
  const path = origin === 'spec' ? `spec.components[${at}]` : 'spec.components';
  if (need.served === undefined) {
    const message = `whether the cluster has ${need.what}, which ${kind} needs, could not be found out`;
    const hint = `Try again, or state whether ${kind} is managed.`;
    return [{ path, message, hint, reason: 'Unknown' }];
  }
  const message = `${kind} is managed, and the cluster lacks ${need.what}`;
  const hint = `Set managed to false for ${kind}, or install what serves that API.`;
  return [{ path, message, hint, reason: need.reason }];
}
