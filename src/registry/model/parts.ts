import { type ComponentKind } from '../../api/index.js';
import { type Labels } from './workload.js';

/** One of the eleven components, and why it is managed or not. */
export interface ComponentState {
  readonly kind: ComponentKind;
  readonly managed: boolean;
  /** Whether the spec says so, or it is the default for what this cluster offers. */
  readonly origin: 'spec' | 'default';
  /** In words, for status and `check`. */
  readonly because: string;
}

/** The names under which the registry is reached. */
export interface Hostnames {
  /** SERVER_HOSTNAME as Quay gets it, with its port where it has one; absent while nothing says it. */
  readonly server?: string;
  /** The same without port. */
  readonly host?: string;
  /** BUILDMAN_HOSTNAME without port. */
  readonly builder?: string;
  /** `https://` and the server; absent while there is none. */
  readonly endpoint?: string;
}

/** A HorizontalPodAutoscaler `autoscaling/v2`; its name is that of the Deployment. */
export interface AutoscalerModel {
  readonly name: string;
  readonly component: ComponentKind;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Utilisation in percent of the requests; absent: not a measure. */
  readonly cpu?: number;
  readonly memory?: number;
}

/** An ObjectBucketClaim `objectbucket.io/v1alpha1`. */
export interface BucketClaimModel {
  readonly name: string;
  readonly generateBucketName: string;
  readonly storageClassName: string;
  readonly bucketClass?: string;
}

/** What is measured and warned of, limited to this registry. */
export interface MonitoringModel {
  readonly service: string;
  readonly serviceMonitor: string;
  readonly rules: string;
  readonly role: string;
  readonly alertsRole: string;
  readonly alertsRoleBinding: string;
  /** Of the pods that the metrics Service selects. */
  readonly selector: Labels;
  /** Labels that the namespace needs for the cluster's Prometheus to look at it; none on plain Kubernetes. */
  readonly namespaceLabels: Labels;
  /** Absent where the namespace for dashboards is not there. */
  readonly dashboard?: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly title: string;
  };
}

/** Which pods may call which; only with `networkPolicies: true`. */
export interface NetworkPolicyModel {
  readonly name: string;
  readonly podSelector: Labels;
  readonly ports: readonly number[];
  /** Selectors of pods of this registry that may call; `anyone` for what is served to clients. */
  readonly from: 'anyone' | readonly Labels[];
}

/** A ConfigMap of the registry; what OpenShift injects is no part of it. */
export interface ConfigMapModel {
  readonly name: string;
  readonly component: ComponentKind;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly data: Readonly<Record<string, string>>;
}

/** A Secret by its logical name, without its contents. */
export interface SecretModel {
  /** The Quay Operator's name without the suffix of ten characters. */
  readonly name: string;
  readonly component: ComponentKind;
  readonly type: 'Opaque' | 'kubernetes.io/tls';
  /** Names of its keys, sorted. */
  readonly keys: readonly string[];
  /** Deployments and Jobs whose pods mount it or have it in their environment: they roll when it changes. */
  readonly usedBy: readonly string[];
  /** Whether it outlives the registry: keys do, as without them the database is lost. */
  readonly keep: boolean;
}

/** An object, as `kind` and `name`. */
export interface ObjectRef {
  readonly kind: string;
  readonly name: string;
}

/** `object` is applied only when `after` has come to the state that `until` says; nothing else waits for anything. */
export interface Edge {
  readonly object: ObjectRef;
  readonly after: ObjectRef;
  readonly until: 'Available' | 'Bound' | 'Complete';
}
