import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Panel, panels } from '../monitoring/panels.js';
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

/** A ConfigMap with the dashboard for Grafana. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { namespace, label = 'grafana_dashboard' }: DashboardProps) {
    super(scope, id);
    new k8s.KubeConfigMap(this, 'Resource', {
      metadata: { name: 'quayside-dashboard', namespace, labels: { ...installationLabels, [label]: '1' } },
      data: { 'quayside.json': `${JSON.stringify(dashboard(), undefined, 2)}\n` },
    });
  }
}

const source = { type: 'prometheus', uid: '${source}' };

function dashboard(): object {
  return {
    uid: 'quayside',
    title: 'Quayside',
    tags: ['quay', 'openshift'],
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'source', label: 'Prometheus', type: 'datasource', query: 'prometheus' }] },
    panels: panels.map(panel),
  };
}

const height = 8;
const width = 12;

function panel({ title, kind, unit, lines }: Panel, index: number): object {
  return {
    id: index + 1,
    type: kind,
    title,
    datasource: source,
    gridPos: { h: height, w: width, x: (index % 2) * width, y: Math.floor(index / 2) * height },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: Object.entries(lines).map(([legendFormat, expr], line) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + line),
      datasource: source,
      expr,
      legendFormat,
    })),
  };
}
