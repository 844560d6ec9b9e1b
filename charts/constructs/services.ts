import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Component, componentLabels } from '../parts/labels.js';
import { names, ports } from '../parts/names.js';

/** A Service in front of one of the Deployments. */
export interface ServiceProps {
  /** Namespace of the pods. */
  readonly namespace: string;
}

/** The Service that Prometheus finds the operator by. */
export class OperatorService extends Construct {
  constructor(scope: Construct, id: string, { namespace }: ServiceProps) {
    super(scope, id);
    service(this, { namespace, component: 'operator', ports: [metrics] });
  }
}

/** The Service that a forge delivers its webhooks to; an Ingress or a Route shows it to that. */
export class HooksService extends Construct {
  constructor(scope: Construct, id: string, { namespace }: ServiceProps) {
    super(scope, id);
    const hooks = { name: 'hooks', port: 80, targetPort: k8s.IntOrString.fromString('hooks') };
    service(this, { namespace, name: names.hooks, component: 'operator', ports: [hooks] });
  }
}

/** The webhook's Service. */
export interface WebhookServiceProps extends ServiceProps {
  /**
   * Secret that OpenShift is asked to put a certificate for this Service into.
   * @default - none
   */
  readonly servingCertificate?: string | undefined;
}

/** The Service that the API server and Prometheus find the webhook by. */
export class WebhookService extends Construct {
  constructor(scope: Construct, id: string, { namespace, servingCertificate }: WebhookServiceProps) {
    super(scope, id);
    const https = { name: 'https', port: 443, targetPort: k8s.IntOrString.fromString('https') };
    const annotations =
      servingCertificate === undefined
        ? undefined
        : { 'service.beta.openshift.io/serving-cert-secret-name': servingCertificate };
    service(this, { namespace, component: 'webhook', ports: [https, metrics], annotations });
  }
}

const metrics: k8s.ServicePort = {
  name: 'metrics',
  port: ports.metrics,
  targetPort: k8s.IntOrString.fromString('metrics'),
};

interface Front extends ServiceProps {
  readonly component: Extract<Component, 'operator' | 'webhook'>;
  /** @default - that of the component */
  readonly name?: string;
  readonly ports: k8s.ServicePort[];
  readonly annotations?: Record<string, string> | undefined;
}

function service(
  scope: Construct,
  { namespace, component, name = names[component], ports: open, annotations }: Front,
): void {
  const labels = componentLabels(component);
  new k8s.KubeService(scope, 'Resource', {
    metadata: { name, namespace, labels, annotations },
    spec: { selector: labels, ports: open.map((port) => ({ protocol: 'TCP', ...port })) },
  });
}
