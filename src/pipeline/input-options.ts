/** Options of the commands that run the pipeline, by their names on the command line. */
export interface InputOptions {
  /** Dump files or folders; a live cluster when absent. */
  readonly cluster?: readonly string[];
  readonly clusterUid?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  /** The operator's namespace. */
  readonly namespace: string;
  /** Namespaces that Secrets with tokens are taken from; default: the operator's and `openshift-operators`. */
  readonly credentialsNamespaces?: readonly string[];
  /** A name in the cluster, or a file. */
  readonly integration?: string;
  /** A folder, or the URL of a remote. */
  readonly state?: string;
  readonly tokenFile?: string;
  readonly caFile?: string;
  /** File with the private key that marks and inventories are signed with. */
  readonly ownershipKey?: string;
  /** File with public keys that marks and inventories are checked with. */
  readonly ownershipKeys?: string;
  /** Instead of what the integration says. */
  readonly adoption?: 'Predecessor' | 'Always' | 'Never';
}
