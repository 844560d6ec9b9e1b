import { type Configuration } from '../process/configuration.js';
import { type Flavour } from '../certs/index.js';

/** How the operator runs; every field is a flag of `quayside run`. */
export interface Settings {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** The operator's own namespace: its Lease, and the Secrets that documents refer to. */
  readonly namespace: string;
  /** Namespaces that Secrets with tokens are taken from; default: its own and `openshift-operators`. */
  readonly credentialsNamespaces?: readonly string[] | undefined;
  /** Which of its processes this is: the name of the pod. */
  readonly instance: string;
  /** Folder of the embedded state repository. */
  readonly state?: string | undefined;
  /** `[host:]port` for metrics and health. */
  readonly listen: string;
  /** `[host:]port` for the webhooks of forges; absent: none are received. */
  readonly hooks?: string | undefined;
  readonly logLevel: string;
  readonly leaderElection: boolean;
  readonly lease: string;
  /** Run one reconciliation, and exit. */
  readonly once: boolean;
  /** Organizations that are worked on at a time. */
  readonly workers: number;
  /** Seconds in which no new one may come before the limit looks at pending deletions. */
  readonly deletionWindow: number;
  /** Calls a second to one Quay, at most; undefined: until it asks for fewer. */
  readonly callsPerSecond?: number | undefined;
  /** Seconds that work in progress has to end when the operator is stopped. */
  readonly gracePeriod: number;
  /** Who creates the certificates of the webhook; `none`: they are not managed. */
  readonly certificates: Flavour | 'none';
  readonly certificateSecret: string;
  readonly configuration: Configuration;
}
