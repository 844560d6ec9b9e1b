import { describe, expect, test } from '@jest/globals';
import { kubernetes, standalone, unmanaged } from '../support/inputs.js';
import { byName, manifestsOf, specOf } from './rendered.js';

describe('the monitoring of a registry', () => {
  test('K30 has a Service, a ServiceMonitor, alerts, and rights for the monitoring of OpenShift', async () => {
    const all = await byName();
    expect(all['Service/prod-quay-metrics']).toMatchObject({
      metadata: { labels: { 'quay-component': 'monitoring' }, annotations: { 'prometheus.io/port': '9091' } },
      spec: { ports: [{ name: 'quay-metrics', port: 9091 }] },
    });
    expect(all['Role/prod-quay-metrics']?.rules).toEqual([
      { apiGroups: [''], resources: ['services', 'endpoints', 'pods'], verbs: ['get', 'list', 'watch'] },
    ]);
    expect(all['RoleBinding/prod-quay-alerts-rolebinding']).toMatchObject({
      roleRef: { name: 'prod-quay-alerts-role' },
      subjects: [{ name: 'prometheus-operator', namespace: 'openshift-monitoring' }],
    });
  });

  test('P18 what is scraped and warned of is this registry alone', async () => {
    const all = await byName();
    expect(specOf(all['ServiceMonitor/prod-quay-metrics-monitor'])).toMatchObject({
      selector: { matchLabels: { 'quay-component': 'monitoring', 'quay-operator/quayregistry': 'prod' } },
      namespaceSelector: { matchNames: ['quay'] },
    });
    const [group] = specOf<{ readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[] }>(
      all['PrometheusRule/prod-quay-prometheus-rules'],
    ).groups;
    for (const { expr } of group?.rules ?? []) {
      const selectors = expr.match(/\{[^}]*\}/g) ?? [];
      expect(selectors.length).toBeGreaterThan(0);
      for (const selector of selectors) expect(selector).toMatch(/^\{namespace="quay", \w+=~"prod-/);
    }
  });

  test('K31, I16 dashboards of two registries are two, each limited to its own', async () => {
    const dashboardOf = async (name: string) => {
      const found = (await manifestsOf({ name })).find(
        ({ metadata }) => metadata.namespace === 'openshift-config-managed',
      );
      const content = JSON.parse((found?.data as Readonly<Record<string, string>>)['quay.json'] ?? '') as {
        readonly uid: string;
        readonly title: string;
        readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
      };
      return { name: found?.metadata.name, labels: found?.metadata.labels, ...content };
    };
    const [one, other] = [await dashboardOf('prod'), await dashboardOf('test')];
    expect(one.title).toBe('Quay - quay - prod');
    expect(one.labels).toMatchObject({ 'console.openshift.io/dashboard': 'true' });
    expect(one.uid).not.toBe(other.uid);
    expect(one.name).not.toBe(other.name);
    for (const { expr } of one.panels.flatMap(({ targets }) => targets)) {
      expect(expr).toContain('namespace="quay", service="prod-quay-metrics"');
    }
  });

  test('K30 where the Prometheus operator runs on plain Kubernetes, nobody of OpenShift gets rights', async () => {
    const on = { ...kubernetes, apis: { ...kubernetes.apis, monitoring: true } };
    const components = [...unmanaged('route', 'tls', 'objectstorage'), { kind: 'monitoring', managed: true } as const];
    const all = await manifestsOf({ on, components, bundle: { 'config.yaml': standalone } });
    expect(all.some(({ kind }) => kind === 'ServiceMonitor')).toBe(true);
    expect(all.filter(({ kind }) => kind === 'Role' || kind === 'RoleBinding')).toEqual([]);
  });
});
