import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { admissionPath, admissionReach } from '../../src/api/index.js';
import { componentLabels } from '../parts/labels.js';
import { names } from '../parts/names.js';
import { wave } from '../parts/order.js';

/** How the API server finds the webhook, and whom it trusts there. */
export interface WebhookConfigurationProps {
  /** Namespace of the webhook's Service. */
  readonly namespace: string;
  /**
   * What becomes of a Build when no webhook answers.
   * @default 'Ignore'
   */
  readonly failurePolicy?: 'Ignore' | 'Fail' | undefined;
  /**
   * Who writes the `caBundle`, which is left out here: Quayside, cert-manager or OpenShift.
   * @default 'job'
   */
  readonly certificates?: 'job' | 'cert-manager' | 'service-ca' | undefined;
}

/** Which Builds the API server shows to the webhook. */
export class WebhookConfiguration extends Construct {
  constructor(scope: Construct, id: string, props: WebhookConfigurationProps) {
    super(scope, id);
    const { namespace, failurePolicy = 'Ignore', certificates = 'job' } = props;
    const reach = admissionReach(failurePolicy);
    new k8s.KubeMutatingWebhookConfiguration(this, 'Resource', {
      metadata: {
        name: names.webhookConfiguration,
        labels: componentLabels('webhook'),
        annotations: { ...wave('access'), ...injection(certificates, namespace) },
      },
      webhooks: [
        {
          ...reach,
          admissionReviewVersions: [...reach.admissionReviewVersions],
          clientConfig: { service: { name: names.webhook, namespace, path: admissionPath, port: 443 } },
          rules: reach.rules.map(({ operations, apiGroups, apiVersions, resources, scope }) => ({
            operations: [...operations],
            apiGroups: [...apiGroups],
            apiVersions: [...apiVersions],
            resources: [...resources],
            scope,
          })),
          namespaceSelector: {
            matchExpressions: reach.namespaceSelector.matchExpressions.map((each) => ({
              ...each,
              values: [...each.values],
            })),
          },
          matchConditions: [...reach.matchConditions],
        },
      ],
    });
  }
}

function injection(certificates: WebhookConfigurationProps['certificates'], namespace: string): Record<string, string> {
  if (certificates === 'cert-manager') return { 'cert-manager.io/inject-ca-from': `${namespace}/${names.webhook}` };
  if (certificates === 'service-ca') return { 'service.beta.openshift.io/inject-cabundle': 'true' };
  return {};
}
