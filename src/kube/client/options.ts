import { type KubeconfigOptions } from '../kubeconfig-options.js';
import { type EndedCall } from './kube-client.js';

/** Which cluster, as whom, and who wants to know of every call. */
export interface KubeClientOptions extends KubeconfigOptions {
  /** What the audit log shows. Default `quayside`. */
  readonly userAgent?: string;
  readonly onCall?: (call: EndedCall) => void;
}
