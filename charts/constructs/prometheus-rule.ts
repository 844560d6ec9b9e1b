import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { alerts } from '../monitoring/alerts.js';
import { installationLabels } from '../parts/labels.js';
import { names } from '../parts/names.js';

/** Where the rule goes. */
export interface PrometheusRuleProps {
  /** Namespace of the installation. */
  readonly namespace: string;
}

/** The alerts, for the Prometheus operator. */
export class PrometheusRule extends Construct {
  constructor(scope: Construct, id: string, { namespace }: PrometheusRuleProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: names.operator, namespace, labels: installationLabels },
      spec: {
        groups: [
          {
            name: names.operator,
            rules: alerts.map(({ severity, summary, description, ...rule }) => ({
              ...rule,
              labels: { severity },
              annotations: { summary, description },
            })),
          },
        ],
      },
    });
  }
}
