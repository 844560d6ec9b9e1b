import { type Resources, type Toleration } from '../options/fields.js';

/** What all workloads have in common. */
export interface WorkloadProps {
  /** Namespace that it runs in. */
  readonly namespace: string;
  /** Image of the container, by version or by digest. */
  readonly image: string;
  /**
   * When the nodes fetch the image.
   * @default 'IfNotPresent'
   */
  readonly imagePullPolicy?: 'IfNotPresent' | 'Always' | undefined;
  /**
   * Names of the Secrets that the nodes fetch the image with.
   * @default - none
   */
  readonly imagePullSecrets?: readonly string[] | undefined;
  /**
   * What the container asks for and may use.
   * @default - 50m CPU and 128Mi, at most 256Mi
   */
  readonly resources?: Resources | undefined;
  /**
   * The least important lines that are logged.
   * @default 'info'
   */
  readonly logLevel?: string | undefined;
  /**
   * User, and group of files in volumes.
   * @default - what OpenShift chooses; elsewhere the image's user, and no group
   */
  readonly runAsUser?: number | undefined;
  /**
   * Labels of the nodes to run on.
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>> | undefined;
  /**
   * Taints that the pods put up with.
   * @default - none
   */
  readonly tolerations?: readonly Toleration[] | undefined;
  /**
   * Priority class of the pods.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string | undefined;
}
