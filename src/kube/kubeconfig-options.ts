/** The variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Which live cluster, and as whom. */
export interface KubeconfigOptions {
  /** A kubeconfig file; default: what kubectl would take, or the service account of the pod. */
  readonly kubeconfig?: string;
  /** A context of it; default: its current one. */
  readonly context?: string;
  /** Take the service account of the pod, whatever else there is. */
  readonly inCluster?: boolean;
  /** Where KUBECONFIG stands, and what login plugins get. Default: no variables. */
  readonly environment?: Environment;
  /** What the UID of kube-system has to be. */
  readonly uid?: string;
}
