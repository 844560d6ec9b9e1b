/** The fields of a build that its stand-ins read and write. */
export interface Build {
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly serviceAccount?: string;
    readonly output?: {
      readonly to?: { readonly kind: string; readonly name: string; readonly namespace?: string };
      readonly pushSecret?: { readonly name: string };
    };
    readonly [field: string]: unknown;
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly cancelled?: boolean;
    readonly completionTimestamp?: string;
    readonly config?: { readonly kind: string; readonly namespace: string; readonly name: string };
  };
}

/** The fields of a build configuration. */
export interface BuildConfig {
  readonly metadata: { readonly namespace: string; readonly name: string; readonly uid: string } & Labelled;
  readonly spec: {
    readonly runPolicy?: string;
    readonly successfulBuildsHistoryLimit?: number;
    readonly failedBuildsHistoryLimit?: number;
    readonly triggers?: readonly Trigger[];
    readonly nodeSelector?: unknown;
    readonly [field: string]: unknown;
  };
  readonly status?: { readonly lastVersion?: number; readonly imageChangeTriggers?: readonly object[] };
}

interface Labelled {
  readonly labels?: Readonly<Record<string, string>>;
}

export interface Trigger {
  readonly type: string;
  readonly imageChange?: {
    readonly from?: { readonly kind?: string; readonly namespace?: string; readonly name: string };
  };
}

/** What somebody asks for who instantiates a configuration or clones a build. */
export interface BuildRequest {
  readonly lastVersion?: number;
  readonly triggeredBy?: readonly object[];
  readonly triggeredByImage?: { readonly name: string };
}

export const configLabel = 'openshift.io/build-config.name';
export const numberAnnotation = 'openshift.io/build.number';
export const cloneAnnotation = 'openshift.io/build.clone-of';
export const policyLabel = 'openshift.io/build.start-policy';

const unlimited = new Set(['triggers', 'runPolicy', 'successfulBuildsHistoryLimit', 'failedBuildsHistoryLimit']);

/** The build of a configuration that has been counted up. */
export function buildOfConfig(config: BuildConfig, request: BuildRequest): object {
  const { namespace, name, uid, labels } = config.metadata;
  const version = config.status?.lastVersion ?? 0;
  const runPolicy = config.spec.runPolicy ?? 'Serial';
  const spec = Object.fromEntries(Object.entries(config.spec).filter(([field]) => !unlimited.has(field)));
  const owner = { apiVersion: 'build.openshift.io/v1', kind: 'BuildConfig', name, uid, controller: true };
  return {
    apiVersion: 'build.openshift.io/v1',
    kind: 'Build',
    metadata: {
      namespace,
      name: `${name}-${version}`,
      labels: { ...labels, [configLabel]: name, buildconfig: name, [policyLabel]: runPolicy },
      annotations: { [configLabel]: name, [numberAnnotation]: String(version) },
      ownerReferences: [owner],
    },
    spec: { serviceAccount: 'builder', ...spec, triggeredBy: request.triggeredBy },
    status: { phase: 'New', config: { kind: 'BuildConfig', namespace, name } },
  };
}

/** A build like another: with its spec, whatever somebody wrote into it since, and its annotations. */
export function buildOfBuild(
  { metadata, spec, status }: Build,
  config: BuildConfig | undefined,
  request: BuildRequest,
): object {
  const { namespace, name, labels, annotations } = metadata;
  const version = config?.status?.lastVersion;
  const own = version === undefined ? `${name}-${Date.now()}` : `${config?.metadata.name}-${version}`;
  const { 'openshift.io/build.pod-name': _, ...kept } = annotations ?? {};
  return {
    apiVersion: 'build.openshift.io/v1',
    kind: 'Build',
    metadata: {
      namespace,
      name: own,
      labels,
      annotations: {
        ...kept,
        [cloneAnnotation]: name,
        ...(version !== undefined && { [numberAnnotation]: String(version) }),
      },
    },
    spec: { ...spec, triggeredBy: request.triggeredBy },
    status: { phase: 'New', ...(status?.config && { config: status.config }) },
  };
}
