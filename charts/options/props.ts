import { type Resources, type Toleration } from './fields.js';

/** Every option of an installation. Each may be left out; `schema.ts` holds them to their types and ranges. */
export interface OptionsInput {
  /** Namespace that everything runs in. @default 'quayside' */
  readonly namespace?: string | undefined;
  /** Whether the namespace is part of the manifests. @default true */
  readonly createNamespace?: boolean | undefined;
  /** Image of all containers, by version or by digest. @default - a place holder with the version of these manifests */
  readonly image?: string | undefined;
  /** When the nodes fetch the image. @default 'IfNotPresent' */
  readonly imagePullPolicy?: 'IfNotPresent' | 'Always' | undefined;
  /** Secrets that the nodes fetch the image with. @default [] */
  readonly imagePullSecrets?: readonly string[] | undefined;
  /** The least important lines that are logged. @default 'info' */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | undefined;
  /** Operators, of which one leads. @default - 2, or 1 with the embedded state repository */
  readonly operatorReplicas?: number | undefined;
  /** Replicas of the webhook; all answer. @default 2 */
  readonly webhookReplicas?: number | undefined;
  /** What the operator asks for and may use. @default {"requests":{"cpu":"100m","memory":"192Mi"},"limits":{"memory":"512Mi"}} */
  readonly operatorResources?: Resources | undefined;
  /** What the webhook asks for and may use. @default {"requests":{"cpu":"50m","memory":"128Mi"},"limits":{"memory":"256Mi"}} */
  readonly webhookResources?: Resources | undefined;
  /** What the certificate Job asks for and may use. @default {"requests":{"cpu":"50m","memory":"128Mi"},"limits":{"memory":"256Mi"}} */
  readonly jobResources?: Resources | undefined;
  /** User and group of files of all pods. Leave out on OpenShift, which chooses them itself. @default - none */
  readonly runAsUser?: number | undefined;
  /** Labels of the nodes to run on. @default {} */
  readonly nodeSelector?: Readonly<Record<string, string>> | undefined;
  /** Taints that the pods put up with. @default [] */
  readonly tolerations?: readonly Toleration[] | undefined;
  /** Priority class of all pods. @default - none */
  readonly priorityClassName?: string | undefined;
  /** Proxy for the state repository over http. @default - none */
  readonly httpProxy?: string | undefined;
  /** Proxy for the state repository over https. @default - none */
  readonly httpsProxy?: string | undefined;
  /** Hosts reached without the proxy, with commas between. @default - none */
  readonly noProxy?: string | undefined;
  /** Whether builds are pointed at Quay. @default true */
  readonly webhook?: boolean | undefined;
  /** What becomes of a Build when no webhook answers: created as it is, or refused. @default 'Ignore' */
  readonly failurePolicy?: 'Ignore' | 'Fail' | undefined;
  /** Who makes the webhook's certificate: Quayside itself, cert-manager or OpenShift. @default 'job' */
  readonly certificates?: 'job' | 'cert-manager' | 'service-ca' | undefined;
  /** Whether only the ports in use can be reached. @default true */
  readonly networkPolicies?: boolean | undefined;
  /** Whether a drain of nodes waits for the others. @default true */
  readonly disruptionBudgets?: boolean | undefined;
  /** Secrets to name in Roles, beside credentialsSecret and gitSecret. Narrows nothing: writing pull secrets takes the right to all of them. @default [] */
  readonly secrets?: readonly string[] | undefined;
  /** ConfigMaps with authorities that integrations name. @default [] */
  readonly configMaps?: readonly string[] | undefined;
  /** Name of the QuayIntegration in the examples. @default 'quay' */
  readonly integration?: string | undefined;
  /** Cluster ID in the examples. @default 'openshift' */
  readonly clusterID?: string | undefined;
  /** Address of Quay in the examples. @default 'https://quay.example.com' */
  readonly quayHostname?: string | undefined;
  /** Secret with the token of Quay's API, which the operator may read. @default 'quay-token' */
  readonly credentialsSecret?: string | undefined;
  /** Namespaces that tokens are taken from; a Secret elsewhere needs the annotation quayside.dev/hosts. @default - the operator's and openshift-operators */
  readonly credentialsNamespaces?: readonly string[] | undefined;
  /** Remote state repository. @default - the embedded one, on a volume */
  readonly gitUrl?: string | undefined;
  /** Branch that holds the state. @default 'main' */
  readonly gitBranch?: string | undefined;
  /** Folder inside the state repository. @default - its root */
  readonly gitPath?: string | undefined;
  /** Secret with the credentials of the state repository. @default - none */
  readonly gitSecret?: string | undefined;
  /** Which changes wait for a pull request to be merged. @default 'None' */
  readonly gitReview?: 'None' | 'Destructive' | 'All' | undefined;
  /** Who brings the documents into the cluster: Quayside, or Argo CD or Flux. @default 'BuiltIn' */
  readonly gitSync?: 'BuiltIn' | 'External' | undefined;
  /** Size of the volume of the embedded state repository: 1Gi. @default - none */
  readonly stateVolumeSize?: string | undefined;
  /** Storage class of that volume. @default - the cluster's */
  readonly stateVolumeStorageClass?: string | undefined;
}
