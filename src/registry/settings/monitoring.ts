import { createHash } from 'node:crypto';
import { type MonitoringModel } from '../model/parts.js';
import { type Context, isManaged } from '../settings/context.js';
import { componentLabel, registryLabels } from '../workloads/labels.js';

/** Where OpenShift's console looks for dashboards. */
const dashboards = 'openshift-config-managed';

/** What is measured; limited to this registry, though others share the namespace or the name. */
export function monitoringModel(context: Context): MonitoringModel | undefined {
  if (!isManaged(context, 'monitoring')) return undefined;
  const { name, namespace, names, inputs, platform } = context;
  const uid = createHash('sha256').update(`${namespace}/${name}`).digest('hex').slice(0, 16);
  const dashboard = { name: names.dashboard, namespace: dashboards, uid, title: `Quay - ${namespace} - ${name}` };
  return {
    service: names.metrics,
    serviceMonitor: names.serviceMonitor,
    rules: names.rules,
    role: names.metrics,
    alertsRole: names.alertsRole,
    alertsRoleBinding: names.alertsRoleBinding,
    selector: { ...registryLabels(context), [componentLabel]: 'quay-app' },
    namespaceLabels: platform === 'OpenShift' ? { 'openshift.io/cluster-monitoring': 'true' } : {},
    ...(inputs.facts.hasDashboardNamespace === true && { dashboard }),
  };
}
