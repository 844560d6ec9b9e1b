import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { panels } from '../monitoring/panels.js';
import { grafanaDashboard } from '../parts/grafana-dashboard.js';
import { installationLabels } from '../parts/labels.js';

/** Where the dashboard goes. */
export interface DashboardProps {
  /** Namespace of the ConfigMap. */
  readonly namespace: string;
  /**
   * Label by which Grafana's sidecar finds dashboards.
   * @default 'grafana_dashboard'
   */
  readonly label?: string | undefined;
}

const dashboard = grafanaDashboard({ uid: 'quayside', title: 'Quayside', tags: ['quay', 'openshift'], panels });

/** A ConfigMap with the dashboard for Grafana. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { namespace, label = 'grafana_dashboard' }: DashboardProps) {
    super(scope, id);
    new k8s.KubeConfigMap(this, 'Resource', {
      metadata: { name: 'quayside-dashboard', namespace, labels: { ...installationLabels, [label]: '1' } },
      data: { 'quayside.json': `${JSON.stringify(dashboard, undefined, 2)}\n` },
    });
  }
}
