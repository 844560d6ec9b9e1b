import { k8s } from 'cdk8s-plus-27';
import { type Component, componentLabels } from './labels.js';
import { quantities } from './quantities.js';
import { type WorkloadProps } from './workload-props.js';

/** Where the image has it. */
export const program = '/opt/quayside/bin/quayside.js';

/** The heap of Node in a container. */
export interface Heap {
  /** What may live in it; buffers and the stacks of libraries come on top. */
  readonly mebibytes: number;
  readonly flags?: readonly string[];
}

/** What makes the one container of a pod. */
export interface PodProps extends WorkloadProps {
  readonly component: Component;
  readonly serviceAccount: string;
  readonly args: readonly string[];
  /** What Node may use, where it would take more than the container has. */
  readonly heap?: Heap;
  /** Beside those that every pod has. */
  readonly env?: readonly k8s.EnvVar[];
  readonly ports?: Readonly<Record<string, number>>;
  /** Whether it answers `/livez` and `/readyz` at the port `metrics`. */
  readonly probed?: boolean;
  /** Folders that it may write, each a volume of its own. */
  readonly folders?: Readonly<Record<string, Omit<k8s.Volume, 'name'>>>;
  readonly more?: Partial<k8s.PodSpec>;
}

/** A pod with one container that the restricted profile of pod security admits, with a read-only root. */
export function podTemplate(props: PodProps): k8s.PodTemplateSpec {
  const { component, runAsUser, nodeSelector = {}, tolerations = [], imagePullSecrets = [], priorityClassName } = props;
  const folders = Object.entries(folderVolumes(props));
  return {
    metadata: {
      labels: componentLabels(component),
      annotations: { 'openshift.io/required-scc': 'restricted-v2' },
    },
    spec: {
      serviceAccountName: props.serviceAccount,
      automountServiceAccountToken: true,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 30,
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
        ...(runAsUser !== undefined && { runAsUser, fsGroup: runAsUser }),
      },
      ...(imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
      ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
      ...(tolerations.length > 0 && { tolerations: [...tolerations] }),
      ...(priorityClassName !== undefined && { priorityClassName }),
      containers: [container(props, folders)],
      volumes: folders.map(([, volume]) => volume),
      ...props.more,
    },
  };
}

function container(props: PodProps, folders: readonly (readonly [string, k8s.Volume])[]): k8s.Container {
  const { heap } = props;
  const ports = Object.entries(props.ports ?? {});
  return {
    name: props.component,
    image: props.image,
    imagePullPolicy: props.imagePullPolicy ?? 'IfNotPresent',
    ...(heap !== undefined && {
      command: [
        'node',
        '--max-semi-space-size=4',
        `--max-old-space-size=${heap.mebibytes}`,
        ...(heap.flags ?? []),
        program,
      ],
    }),
    args: [...props.args],
    env: [
      fromField('QUAYSIDE_NAMESPACE', 'metadata.namespace'),
      fromField('QUAYSIDE_INSTANCE', 'metadata.name'),
      { name: 'QUAYSIDE_LOG_LEVEL', value: props.logLevel ?? 'info' },
      ...(heap === undefined ? [] : givesBack),
      ...(props.env ?? []),
    ],
    ...(ports.length > 0 && { ports: ports.map(([name, containerPort]) => ({ name, containerPort })) }),
    ...(props.probed === true && probes),
    resources: quantities(props.resources),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: folders.map(([mountPath, { name }]) => ({ name, mountPath })),
  };
}

/** Each thread would keep what it once took, and the C library what is free, in steps that grow. */
const givesBack: readonly k8s.EnvVar[] = [
  { name: 'MALLOC_ARENA_MAX', value: '1' },
  { name: 'MALLOC_MMAP_THRESHOLD_', value: '131072' },
  { name: 'MALLOC_TRIM_THRESHOLD_', value: '131072' },
];

/** Programs of others, git among them, want a folder for passing things, credentials too: in memory, it ends with the pod. */
function folderVolumes({ folders = {} }: PodProps): Readonly<Record<string, k8s.Volume>> {
  const all: PodProps['folders'] = { '/tmp': temporary, ...folders };
  return Object.fromEntries(
    Object.entries(all).map(([path, volume]) => [path, { name: path.slice(1).replaceAll('/', '-'), ...volume }]),
  );
}

const temporary = { emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('16Mi') } };

function fromField(name: string, fieldPath: string): k8s.EnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

const at = (path: string): k8s.HttpGetAction => ({ path, port: k8s.IntOrString.fromString('metrics') });

const probes: Pick<k8s.Container, 'startupProbe' | 'livenessProbe' | 'readinessProbe'> = {
  startupProbe: { httpGet: at('/livez'), periodSeconds: 2, failureThreshold: 30 },
  livenessProbe: { httpGet: at('/livez'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
  readinessProbe: { httpGet: at('/readyz'), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
};
