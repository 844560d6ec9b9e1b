import { type Resources, type Toleration } from './fields.js';

/** Every option of an installation. Each may be left out; `schema.ts` holds them to their types and ranges. */
export interface OptionsInput {
  /** Namespace that everything runs in. @default 'quayside' */
  readonly namespace?: string | undefined;
  /** Whether the namespace is part of the manifests. @default true */
  readonly createNamespace?: boolean | undefined;
  /** Image of all containers, by version or by digest. @default - a place holder with the version of these manifests */
  readonly image?: string | undefined;
  /** Image pull policy. @default 'IfNotPresent' */
  readonly imagePullPolicy?: 'IfNotPresent' | 'Always' | undefined;
  /** Image pull secrets. @default [] */
  readonly imagePullSecrets?: readonly string[] | undefined;
  /** Log level. @default 'info' */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | undefined;
  /** Replicas of the operator; one is the leader. @default - 2, or 1 with the embedded state repository */
  readonly operatorReplicas?: number | undefined;
  /** Replicas of the webhook; all of them serve. @default 2 */
  readonly webhookReplicas?: number | undefined;
  /** Resource requests and limits of the operator. @default {"requests":{"cpu":"100m","memory":"192Mi"},"limits":{"memory":"512Mi"}} */
  readonly operatorResources?: Resources | undefined;
  /** Resource requests and limits of the webhook. @default {"requests":{"cpu":"50m","memory":"128Mi"},"limits":{"memory":"256Mi"}} */
  readonly webhookResources?: Resources | undefined;
  /** Resource requests and limits of the certificate Job. @default {"requests":{"cpu":"50m","memory":"128Mi"},"limits":{"memory":"256Mi"}} */
  readonly jobResources?: Resources | undefined;
  /** User and group of files of all pods. Leave out on OpenShift, which chooses them itself. @default - none */
  readonly runAsUser?: number | undefined;
  /** Node selector of the pods. @default {} */
  readonly nodeSelector?: Readonly<Record<string, string>> | undefined;
  /** Pod tolerations. @default [] */
  readonly tolerations?: readonly Toleration[] | undefined;
  /** Priority class of all pods. @default - none */
  readonly priorityClassName?: string | undefined;
  /** Proxy for addresses that start with http://. @default - none */
  readonly httpProxy?: string | undefined;
  /** Proxy for addresses that start with https://. @default - none */
  readonly httpsProxy?: string | undefined;
  /** Hosts reached without the proxy, separated by commas. @default - none */
  readonly noProxy?: string | undefined;
  /** Whether the webhook rewrites builds to Quay. @default true */
  readonly webhook?: boolean | undefined;
  /** Failure policy of the webhook when no replica answers: create the Build as it is, or refuse it. @default 'Ignore' */
  readonly failurePolicy?: 'Ignore' | 'Fail' | undefined;
  /** Who creates the webhook's certificate: Quayside, cert-manager or OpenShift. @default 'job' */
  readonly certificates?: 'job' | 'cert-manager' | 'service-ca' | undefined;
  /** Whether NetworkPolicies allow only the ports in use. @default true */
  readonly networkPolicies?: boolean | undefined;
  /** Whether ValidatingAdmissionPolicies limit what our accounts write: pull secrets, own Secrets, own webhook configurations. Needs Kubernetes 1.30. @default false */
  readonly writePolicy?: boolean | undefined;
  /** Addresses that the API servers call from: then nothing else reaches the webhook. @default - any */
  readonly apiServerCIDRs?: readonly string[] | undefined;
  /** Whether there are PodDisruptionBudgets. @default true */
  readonly disruptionBudgets?: boolean | undefined;
  /** Secrets to name in Roles, beside those that other options name. Narrows nothing: writing pull secrets takes the right to all of them. @default [] */
  readonly secrets?: readonly string[] | undefined;
  /** ConfigMaps with CAs that integrations name. @default [] */
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
  /** Secret with the token or App of the forge, for pull requests. @default - the password of gitSecret */
  readonly gitForgeSecret?: string | undefined;
  /** Secret that proves the webhooks of the forge: then the operator receives them, at the Service quayside-hooks. @default - none are received */
  readonly gitHookSecret?: string | undefined;
  /** Which changes wait for a pull request to be merged. @default 'None' */
  readonly gitReview?: 'None' | 'Destructive' | 'All' | undefined;
  /** Who applies the documents to the cluster: Quayside, or Argo CD or Flux. @default 'BuiltIn' */
  readonly gitSync?: 'BuiltIn' | 'External' | undefined;
  /** Size of the volume of the embedded state repository: 1Gi. @default - none */
  readonly stateVolumeSize?: string | undefined;
  /** Storage class of that volume. @default - the cluster's */
  readonly stateVolumeStorageClass?: string | undefined;
}
