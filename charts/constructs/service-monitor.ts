import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { installationLabels } from '../parts/labels.js';
import { names } from '../parts/names.js';

/** What Prometheus scrapes. */
export interface ServiceMonitorProps {
  /** Namespace of the installation. */
  readonly namespace: string;
  /**
   * Time between two scrapes.
   * @default '30s'
   */
  readonly interval?: string | undefined;
}

/** Makes the Prometheus operator scrape operator and webhook. */
export class ServiceMonitor extends Construct {
  constructor(scope: Construct, id: string, { namespace, interval = '30s' }: ServiceMonitorProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: names.operator, namespace, labels: installationLabels },
      spec: {
        selector: { matchLabels: installationLabels },
        endpoints: [{ port: 'metrics', path: '/metrics', interval }],
      },
    });
  }
}
