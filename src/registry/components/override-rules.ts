import { type Component, type ComponentKind, type Override } from '../../api/index.js';
import { type FaultText } from '../faults.js';
import { type Components } from './resolve.js';

type OverrideName = keyof Override;

/** Which kinds an override has an effect on. */
export const overrideKinds: Readonly<Record<OverrideName, readonly ComponentKind[]>> = {
  volumeSize: ['clair', 'postgres', 'clairpostgres'],
  storageClassName: ['clair', 'postgres', 'clairpostgres'],
  env: ['quay', 'clair', 'mirror', 'postgres', 'clairpostgres', 'redis'],
  replicas: ['quay', 'clair', 'mirror'],
  affinity: ['quay', 'clair', 'mirror'],
  resources: ['quay', 'clair', 'mirror', 'postgres', 'clairpostgres', 'redis'],
  securityContext: ['quay', 'mirror'],
  labels: ['quay', 'clair', 'mirror', 'postgres', 'clairpostgres', 'redis', 'route'],
  annotations: ['quay', 'clair', 'mirror', 'postgres', 'clairpostgres', 'redis', 'route'],
};

/** The Quay Operator ignored these where they have no effect, so an object with them is not refused. */
const ignored: ReadonlySet<OverrideName> = new Set<OverrideName>(['labels', 'annotations']);

/** Labels by which objects are selected. */
export const protectedLabels = new Set(['quay-component', 'app', 'quay-operator/quayregistry']);

/** Annotations that say what an object is. */
export const protectedAnnotations = new Set([
  'quay-component',
  'quay-registry-hostname',
  'quay-buildmanager-hostname',
  'quay-operator-service-endpoint',
]);

/** Overrides that have no effect, contradict each other, or would hide what an object is. */
export function overrideFaults(list: readonly Component[], components: Components): readonly FaultText[] {
  return list.flatMap(({ kind, overrides }, at) => {
    if (overrides === undefined) return [];
    const path = `spec.components[${at}].overrides`;
    return [
      ...withoutEffect(kind, overrides, path),
      ...besideAutoscaler(kind, overrides, path, components),
      ...hiding(overrides, path),
      ...strangeNames(overrides, path),
    ];
  });
}

function withoutEffect(kind: ComponentKind, overrides: Override, path: string): readonly FaultText[] {
  return (Object.keys(overrideKinds) as OverrideName[])
    .filter((name) => overrides[name] !== undefined && !overrideKinds[name].includes(kind))
    .map((name) => ({
      path: `${path}.${name}`,
      message: `has no effect on ${kind}`,
      hint: `Take it out; it works for ${overrideKinds[name].join(', ')}.`,
      reason: 'ComponentOverrideInvalid',
      severity: ignored.has(name) ? 'warning' : 'error',
    }));
}

function besideAutoscaler(
  kind: ComponentKind,
  { replicas }: Override,
  path: string,
  components: Components,
): readonly FaultText[] {
  const scaled = components.horizontalpodautoscaler.managed && overrideKinds.replicas.includes(kind);
  if (!scaled || replicas === undefined || replicas === null || replicas === 0) return [];
  return [
    {
      path: `${path}.replicas`,
      message: 'the autoscaler decides on the number of pods',
      hint: `Set horizontalpodautoscaler to unmanaged, or components.${kind}.autoscaling in QuayRegistryOptions.`,
      reason: 'ComponentOverrideInvalid',
    },
  ];
}

function hiding({ labels, annotations }: Override, path: string): readonly FaultText[] {
  const warn = (field: string, key: string): FaultText => ({
    path: `${path}.${field}.${key}`,
    message: 'is not applied: it says what the object is',
    hint: 'Take it out, or use another name.',
    reason: 'ComponentOverrideInvalid',
    severity: 'warning',
  });
  return [
    ...Object.keys(labels ?? {})
      .filter((key) => protectedLabels.has(key))
      .map((key) => warn('labels', key)),
    ...Object.keys(annotations ?? {})
      .filter((key) => protectedAnnotations.has(key))
      .map((key) => warn('annotations', key)),
  ];
}

function strangeNames({ env = [] }: Override, path: string): readonly FaultText[] {
  return env.flatMap(({ name, value, valueFrom }, at) => {
    const reason = 'ComponentOverrideInvalid';
    const where = `${path}.env[${at}]`;
    if (name === '' || name.includes('=')) {
      return [
        { path: `${where}.name`, message: 'is no name of a variable', hint: 'Use letters, digits and _.', reason },
      ];
    }
    const first = env.findIndex((other) => other.name === name);
    if (first < at) {
      return [
        {
          path: `${where}.name`,
          message: `${name} is set already at env[${first}], and this one counts`,
          hint: 'Keep one of the two.',
          reason,
          severity: 'warning',
        },
      ];
    }
    if (valueFrom === undefined || value === undefined || value === '') return [];
    return [{ path: where, message: 'has value and valueFrom', hint: 'Keep one of the two.', reason }];
  });
}
