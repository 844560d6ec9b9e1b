import { type Resources, type Toleration } from '../options/fields.js';

/** What all workloads have in common. */
export interface WorkloadProps {
  /** Namespace that it runs in. */
  readonly namespace: string;
  /** Image of the container, by version or by digest. */
  readonly image: string;
  /**
   * Image pull policy.
   * @default 'IfNotPresent'
   */
  readonly imagePullPolicy?: 'IfNotPresent' | 'Always' | undefined;
  /**
   * Names of the Image pull secrets.
   * @default - none
   */
  readonly imagePullSecrets?: readonly string[] | undefined;
  /**
   * Resource requests and limits of the container.
   * @default - 50m CPU and 128Mi, at most 256Mi
   */
  readonly resources?: Resources | undefined;
  /**
   * Log level.
   * @default 'info'
   */
  readonly logLevel?: string | undefined;
  /**
   * User, and group of files in volumes.
   * @default - what OpenShift chooses; elsewhere the image's user, and no group
   */
  readonly runAsUser?: number | undefined;
  /**
   * Node selector of the pods.
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>> | undefined;
  /**
   * Pod tolerations.
   * @default - none
   */
  readonly tolerations?: readonly Toleration[] | undefined;
  /**
   * Priority class of the pods.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string | undefined;
}
