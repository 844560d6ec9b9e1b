import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { componentLabels } from '../parts/labels.js';
import { names, ports } from '../parts/names.js';
import { podTemplate } from '../parts/pod.js';
import { type WorkloadProps } from '../parts/workload-props.js';

/** The webhook's replicas. */
export interface WebhookProps extends WorkloadProps {
  /**
   * How many there are; all answer.
   * @default 2
   */
  readonly replicas?: number | undefined;
  /**
   * Name of the Secret with its certificate, which it reads by the API.
   * @default 'quayside-webhook-certificate'
   */
  readonly certificateSecret?: string | undefined;
}

/** The Deployment that points the output of Builds at Quay. */
export class Webhook extends Construct {
  constructor(scope: Construct, id: string, props: WebhookProps) {
    super(scope, id);
    const { replicas = 2, certificateSecret = names.certificateSecret } = props;
    const matchLabels = componentLabels('webhook');
    new k8s.KubeDeployment(this, 'Resource', {
      metadata: { name: names.webhook, namespace: props.namespace, labels: matchLabels },
      spec: {
        replicas,
        revisionHistoryLimit: 3,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(0), maxSurge: k8s.IntOrString.fromNumber(1) },
        },
        selector: { matchLabels },
        template: podTemplate({
          ...props,
          component: 'webhook',
          serviceAccount: names.webhook,
          heap: { mebibytes: 112 },
          args: ['webhook', `--certificate-secret=${certificateSecret}`],
          ports: { https: ports.webhook, metrics: ports.metrics },
          probed: true,
          more: {
            topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
              topologyKey,
              maxSkew: 1,
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels },
            })),
          },
        }),
      },
    });
  }
}
