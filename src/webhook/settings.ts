import { type KubeconfigOptions } from '../kube/index.js';

/** How the webhook runs; every field but the environment is a flag of `quayside webhook`. */
export interface WebhookSettings {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly environment: NonNullable<KubeconfigOptions['environment']>;
  /** Where the Secret with its certificate is. */
  readonly namespace: string;
  /** Which of its processes this is: the name of the pod. */
  readonly instance: string;
  /** `[host:]port` for metrics and health. */
  readonly listen: string;
  /** `[host:]port` for reviews. */
  readonly port: string;
  readonly logLevel: string;
  readonly certificateSecret: string;
  /** Seconds between not being ready any more and taking no more. */
  readonly drain: number;
}
