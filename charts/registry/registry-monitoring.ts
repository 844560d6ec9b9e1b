import { Construct } from 'constructs';
import { type MonitoringModel, type RegistryModel } from '../../src/registry/index.js';
import { grafanaDashboard } from '../parts/grafana-dashboard.js';
import { registryAlerts } from './monitoring/registry-alerts.js';
import { registryPanels } from './monitoring/registry-panels.js';
import { addObject } from './parts/registry-object.js';
import { type RegistryProps } from './parts/registry-props.js';
import { addService } from './parts/service.js';

/** What is measured of a registry, and what is warned of. */
export interface RegistryMonitoringProps extends RegistryProps, MonitoringModel {
  /** On OpenShift the accounts of its monitoring are let in. */
  readonly platform: RegistryModel['platform'];
}

const component = 'monitoring';

/** Metrics Service, ServiceMonitor, alerts, the rights of OpenShift's Prometheus, and the dashboard of one registry. */
export class RegistryMonitoring extends Construct {
  constructor(scope: Construct, id: string, props: RegistryMonitoringProps) {
    super(scope, id);
    scraping(this, props);
    addObject(this, 'rules', props, {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      name: props.rules,
      component,
      labels: { prometheus: 'k8s', role: 'alert-rules' },
      body: { spec: { groups: [alertGroup(props)] } },
    });
    if (props.platform === 'OpenShift') readers(this, props);
    if (props.dashboard !== undefined) dashboard(this, props, props.dashboard);
  }
}

function readers(scope: Construct, props: RegistryMonitoringProps): void {
  const { role, alertsRole, alertsRoleBinding } = props;
  reader(scope, 'metrics', props, { role, binding: role, account: 'prometheus-k8s' });
  reader(scope, 'alerts', props, { role: alertsRole, binding: alertsRoleBinding, account: 'prometheus-operator' });
}

function scraping(scope: Construct, props: RegistryMonitoringProps): void {
  const { service: name, serviceMonitor, selector, registryLabels, namespace } = props;
  const labels = { 'quay-component': component };
  const annotations = {
    'prometheus.io/scrape': 'true',
    'prometheus.io/scheme': 'http',
    'prometheus.io/port': '9091',
  };
  const ports = [{ name: 'quay-metrics', port: 9091 }];
  addService(scope, 'service', props, { name, component, labels, annotations, selector, ports });
  addObject(scope, 'service-monitor', props, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    name: serviceMonitor,
    component,
    body: {
      spec: {
        // By the label of the component alone it would scrape every registry of the namespace.
        selector: { matchLabels: { ...labels, ...registryLabels } },
        namespaceSelector: { matchNames: [namespace] },
        endpoints: [{ port: 'quay-metrics' }],
      },
    },
  });
}

function alertGroup(props: RegistryMonitoringProps): object {
  return {
    name: 'quay-alerts.rules',
    rules: registryAlerts(props.namespace, props.registryName).map(({ severity, summary, description, ...rule }) => ({
      ...rule,
      labels: { severity, registry: props.registryName },
      annotations: { summary, description },
    })),
  };
}

interface Reader {
  readonly role: string;
  readonly binding: string;
  readonly account: string;
}

/** Lets an account of OpenShift's monitoring find what there is to scrape. */
function reader(scope: Construct, id: string, props: RegistryProps, { role, binding, account }: Reader): void {
  const rbac = 'rbac.authorization.k8s.io';
  const rule = { apiGroups: [''], resources: ['services', 'endpoints', 'pods'], verbs: ['get', 'list', 'watch'] };
  const base = { apiVersion: `${rbac}/v1`, component };
  addObject(scope, `${id}-role`, props, { ...base, kind: 'Role', name: role, body: { rules: [rule] } });
  addObject(scope, `${id}-role-binding`, props, {
    ...base,
    kind: 'RoleBinding',
    name: binding,
    body: {
      roleRef: { apiGroup: rbac, kind: 'Role', name: role },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'openshift-monitoring' }],
    },
  });
}

/** In a namespace of its own kind, where it can have no owner. */
function dashboard(
  scope: Construct,
  props: RegistryMonitoringProps,
  { name, namespace, uid, title }: NonNullable<MonitoringModel['dashboard']>,
): void {
  const panels = registryPanels(props.namespace, props.service);
  const content = grafanaDashboard({ uid, title, tags: ['quay', props.registryName], panels });
  addObject(scope, 'dashboard', props, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name,
    namespace,
    component,
    labels: { 'console.openshift.io/dashboard': 'true' },
    owned: false,
    body: { data: { 'quay.json': `${JSON.stringify(content, undefined, 2)}\n` } },
  });
}
