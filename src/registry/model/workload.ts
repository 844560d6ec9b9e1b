import {
  type Affinity,
  type ComponentKind,
  type EnvVar,
  type PodSecurityContext,
  type Resources,
  type SecurityContext,
  type Toleration,
  type TopologySpreadConstraint,
} from '../../api/index.js';

export type Labels = Readonly<Record<string, string>>;

/** A ServiceAccount, and what only a workload identity needs of it. */
export interface ServiceAccountModel {
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** Where the pods of a workload may run. */
export interface Placement {
  readonly nodeSelector?: Labels;
  readonly tolerations?: readonly Toleration[];
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  /** The user's affinity, else the preference for one pod of a workload per node. */
  readonly affinity?: Affinity;
  readonly priorityClassName?: string;
}

/** What every pod template says, a Deployment's and a Job's alike. */
export interface PodModel {
  readonly serviceAccount: ServiceAccountModel;
  /** Name with tag or digest. */
  readonly image: string;
  /** The whole environment of the main container, in order, overrides applied. Secrets by their logical names. */
  readonly env: readonly EnvVar[];
  /** Of the main container; an empty object states nothing. */
  readonly resources: Resources;
  /** Of all containers but init containers. */
  readonly securityContext?: SecurityContext;
  /** Only where plain Kubernetes needs it; OpenShift refuses a fixed user. */
  readonly podSecurityContext?: PodSecurityContext;
  readonly placement: Placement;
  readonly imagePullSecrets: readonly string[];
  /** Seconds. */
  readonly terminationGracePeriodSeconds?: number;
  /** The complete labels of the pods. */
  readonly podLabels: Labels;
  /** The complete annotations of the pods; changing one rolls the workload. */
  readonly podAnnotations: Labels;
}

/** How many pods may be missing while nodes are drained. */
export interface DisruptionBudgetModel {
  readonly name: string;
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
}

/** One Deployment. */
export interface WorkloadModel extends PodModel {
  readonly component: ComponentKind;
  /** Of the Deployment. */
  readonly name: string;
  /** The complete labels of the Deployment. */
  readonly labels: Labels;
  /** The complete annotations of the Deployment. */
  readonly annotations: Labels;
  /** Immutable: byte-equal to the Quay Operator's. */
  readonly selector: Labels;
  /** Absent where an autoscaler, ours or the user's, has the say. */
  readonly replicas?: number;
  readonly disruptionBudget?: DisruptionBudgetModel;
}

/** What Quay's own processes mount: the application, the mirror workers and the migration Job. */
export interface QuayMounts {
  /** Logical Secret on /conf/stack. */
  readonly configSecret: string;
  /** Logical Secret with ssl.cert and ssl.key, projected beside the configuration; the Job goes without. */
  readonly tlsSecret?: string;
  /** Logical Secret with the user's authorities. */
  readonly extraCaSecret: string;
  /** ConfigMap that OpenShift fills with its service authority; absent on plain Kubernetes. */
  readonly serviceCaConfigMap?: string;
  /** ConfigMap that OpenShift fills with the cluster's authorities; absent on plain Kubernetes. */
  readonly trustedCaConfigMap?: string;
  /** Secrets of the user with the external database's authority and client certificate; both optional. */
  readonly databaseCertificates: readonly string[];
}

/** The registry itself, Deployment `<r>-quay-app`. */
export interface QuayModel extends WorkloadModel, QuayMounts {
  /** HTTPS on 8443 when Quay itself ends TLS, else HTTP on 8080. */
  readonly probeScheme: 'HTTP' | 'HTTPS';
}

/** The mirror workers, Deployment `<r>-quay-mirror`. */
export interface MirrorModel extends WorkloadModel, QuayMounts {
  /** Service that the init container waits for. */
  readonly waitFor: string;
}

/** The migration of the database's schema, Job `<r>-quay-app-upgrade`. */
export interface MigrationModel extends PodModel, QuayMounts {
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** Clair, Deployment `<r>-clair-app`. */
export interface ClairModel extends WorkloadModel {
  readonly service: string;
  /** Logical Secret with `config.yaml` and the user's drop-in. */
  readonly configSecret: string;
  /** Whether the Secret has `01_user_config.yaml`. */
  readonly hasUserConfig: boolean;
  /** Whether the Secret has clair-ssl.crt and clair-ssl.key, which are mounted then. */
  readonly hasCertificate: boolean;
  /** Projected on /var/run/certs, which SSL_CERT_DIR names beside the image's own folders: nothing hides what the image trusts. */
  readonly certificateSources: QuayMounts;
  /** The scratch volume of the indexer. */
  readonly scratch: VolumeModel;
}

/** Redis, Deployment `<r>-quay-redis`. */
export interface RedisModel extends WorkloadModel {
  readonly service: string;
  /** Logical Secret with the key `password`; absent for a registry that began without. */
  readonly passwordSecret?: string;
}

/** PostgreSQL with its claim: `<r>-quay-database` or `<r>-clair-postgres`. */
export interface DatabaseModel extends WorkloadModel {
  readonly service: string;
  /** `keep`: the volume outlives the registry. */
  readonly claim: VolumeModel & { readonly name: string; readonly keep: boolean };
  /** Logical Secret with database-username, -password, -name and -root-password. */
  readonly credentialsSecret: string;
  /** ConfigMap with postgresql.conf.sample. */
  readonly settingsConfigMap: string;
  /** Logical Secret with create-extensions.sh; only Quay's own database has one. */
  readonly bootstrapSecret?: string;
}

export interface VolumeModel {
  /** A quantity, such as 50Gi. */
  readonly size: string;
  readonly storageClassName?: string;
}
