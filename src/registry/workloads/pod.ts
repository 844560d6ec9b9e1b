import { type ComponentKind, type EnvVar, type Resources, type SecurityContext } from '../../api/index.js';
import { type Labels, type Placement, type PodModel, type WorkloadModel } from '../model/workload.js';
import { type Context, isManaged, overridesOf, workloadOptions } from '../settings/context.js';
import { componentLabel, overrideAnnotations, overrideLabels, registryLabels } from './labels.js';
import { resourcesWith } from './resources.js';

/** What is built in for one Deployment. */
export interface Standard {
  readonly kind: ComponentKind;
  /** Of the Deployment. */
  readonly name: string;
  /** The label `quay-component` of the pods. */
  readonly part: string;
  /** The same label of the Deployment, and the annotation of that name. */
  readonly deploymentPart?: string;
  readonly annotationPart: string;
  readonly serviceAccount: string;
  readonly image: string;
  readonly env: readonly EnvVar[];
  readonly resources: Resources;
  readonly securityContext?: SecurityContext;
  readonly more?: Labels;
  readonly terminationGracePeriodSeconds?: number;
  /** User and group of the files, where plain Kubernetes has to be told. */
  readonly user?: number;
}

/** A Deployment with overrides and options applied. */
export function workload(context: Context, standard: Standard): WorkloadModel {
  const { kind, name, part, more = {} } = standard;
  const labels = { ...overrideLabels(context, kind), ...registryLabels(context), ...more };
  const annotations = overrideAnnotations(context, kind);
  const { disruptionBudget } = workloadOptions(context, kind);
  const replicas = replicasOf(context, kind);
  return {
    component: kind,
    name,
    labels: { ...labels, [componentLabel]: standard.deploymentPart ?? part },
    annotations: { ...annotations, [componentLabel]: standard.annotationPart },
    selector: { ...registryLabels(context), ...more, [componentLabel]: part },
    ...(replicas !== undefined && { replicas }),
    ...(disruptionBudget && { disruptionBudget: { name, ...disruptionBudget } }),
    ...podOf(context, standard),
    podLabels: { ...labels, [componentLabel]: part },
    podAnnotations: annotations,
  };
}

function podOf(context: Context, standard: Standard): Omit<PodModel, 'podLabels' | 'podAnnotations'> {
  const { kind, user } = standard;
  const overrides = overridesOf(context, kind);
  const options = workloadOptions(context, kind);
  const securityContext = overrides.securityContext ?? standard.securityContext;
  const podSecurityContext = options.podSecurityContext ?? userOf(context, user);
  const grace = standard.terminationGracePeriodSeconds;
  return {
    serviceAccount: serviceAccountOf(context, standard),
    image: standard.image,
    env: withVariables(standard.env, overrides.env),
    resources: resourcesWith(builtIn(context, standard.resources), overrides.resources),
    ...(securityContext !== undefined && { securityContext }),
    ...(podSecurityContext !== undefined && { podSecurityContext }),
    placement: placementOf(context, standard),
    imagePullSecrets: options.imagePullSecrets ?? [],
    ...(grace !== undefined && { terminationGracePeriodSeconds: grace }),
  };
}

export function serviceAccountOf(
  context: Context,
  {
    kind,
    serviceAccount,
    more = {},
    annotationPart,
  }: Pick<Standard, 'kind' | 'serviceAccount' | 'more' | 'annotationPart'>,
): PodModel['serviceAccount'] {
  const annotations = workloadOptions(context, kind).serviceAccount?.annotations ?? {};
  return {
    name: serviceAccount,
    labels: { ...registryLabels(context), ...more },
    annotations: { ...annotations, [componentLabel]: annotationPart },
  };
}

/** Requests and limits, unless the installation is for tests. */
export function builtIn({ inputs }: Context, resources: Resources): Resources {
  return inputs.facts.skipResourceRequests === true ? {} : resources;
}

/** OpenShift gives every namespace a user of its own, and refuses another. */
function userOf({ platform }: Context, user: number | undefined): PodModel['podSecurityContext'] {
  if (user === undefined || platform === 'OpenShift') return undefined;
  return { runAsUser: user, runAsGroup: user, fsGroup: user, runAsNonRoot: true };
}

/** Variables are replaced where they stand, and others come behind. */
export function withVariables(env: readonly EnvVar[], more: readonly EnvVar[] = []): readonly EnvVar[] {
  const named = new Map(more.map((variable) => [variable.name, variable]));
  const replaced = env.map((variable) => named.get(variable.name) ?? variable);
  const there = new Set(env.map(({ name }) => name));
  return [...replaced, ...[...named.values()].filter(({ name }) => !there.has(name))];
}

function placementOf(context: Context, { kind, part }: Standard): Placement {
  const { nodeSelector, tolerations, topologySpreadConstraints, priorityClassName } = workloadOptions(context, kind);
  const affinity = overridesOf(context, kind).affinity ?? (isScaled(kind) ? apart(part) : undefined);
  return {
    ...(nodeSelector && { nodeSelector }),
    ...(tolerations && { tolerations }),
    ...(topologySpreadConstraints && {
      topologySpreadConstraints: topologySpreadConstraints.map((constraint) => ({
        ...constraint,
        labelSelector: constraint.labelSelector ?? {
          matchLabels: { ...registryLabels(context), [componentLabel]: part },
        },
      })),
    }),
    ...(priorityClassName !== undefined && { priorityClassName }),
    ...(affinity && { affinity }),
  };
}

/** Which workloads have more than one pod. */
function isScaled(kind: ComponentKind): boolean {
  return kind === 'quay' || kind === 'clair' || kind === 'mirror';
}

/** Pods of one workload on different nodes, where that is possible. */
function apart(part: string): NonNullable<Placement['affinity']> {
  const labelSelector = { matchExpressions: [{ key: componentLabel, operator: 'In', values: [part] }] };
  const podAffinityTerm = { labelSelector, topologyKey: 'kubernetes.io/hostname' };
  return { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ podAffinityTerm, weight: 100 }] } };
}

/** One pod of what keeps data; two of the rest, unless an autoscaler or the user decides. */
function replicasOf(context: Context, kind: ComponentKind): number | undefined {
  if (!isScaled(kind)) return 1;
  if (kind === 'mirror' && context.readOnly) return 0;
  const { replicas } = overridesOf(context, kind);
  // At 0 an autoscaler stands still, so it can be said beside one.
  if (replicas === 0) return 0;
  if (isManaged(context, 'horizontalpodautoscaler') || replicas === null) return undefined;
  return replicas ?? 2;
}
