import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { alerts } from '../../charts/monitoring/alerts.js';
import { panels } from '../../charts/monitoring/panels.js';
import { ports } from '../../charts/parts/names.js';
import { createMetrics } from '../../src/process/index.js';
import { dist, installation, objectsIn, ofKind } from './synthesized.js';

/** The registry knows the labels of its metrics, and its types do not say so. */
interface Described {
  readonly name: string;
  readonly labelNames?: readonly string[];
}

const { registry } = createMetrics();
const described: readonly Described[] = registry.getMetricsAsArray();
const labelsOf = new Map(described.map(({ name, labelNames = [] }) => [name, labelNames]));
const expressions = [
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, lines }) => Object.values(lines).map((expr) => [title, expr] as const)),
];

describe('the queries to Prometheus', () => {
  test.each(expressions)('%s uses only existing metrics', (_name, expr) => {
    const asked = [...expr.matchAll(/\bquayside_\w+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''));
    if (!expr.includes('apiserver_')) expect(asked.length).toBeGreaterThan(0);
    for (const name of asked) expect([...labelsOf.keys()]).toContain(name);
  });

  test.each(expressions)('%s uses only existing labels', (_name, expr) => {
    const asked = [...expr.matchAll(/\bquayside_\w+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''));
    const has = new Set(['le', ...asked.flatMap((name) => labelsOf.get(name) ?? [])]);
    const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
    const selected = [...expr.matchAll(/quayside_\w+\{([^}]*)\}/g)].flatMap(([, inner = '']) =>
      [...inner.matchAll(/(\w+)=/g)].map(([, label = '']) => label),
    );
    for (const label of [...grouped, ...selected]) expect([...has]).toContain(label);
  });

  test.each(expressions)('%s has balanced brackets', (_name, expr) => {
    for (const [open, close] of ['()', '{}', '[]']) {
      expect(expr.split(open ?? '').length).toBe(expr.split(close ?? '').length);
    }
  });

  test('have an alert for each fault', () => {
    expect(alerts.map(({ alert }) => alert)).toEqual(
      expect.arrayContaining([
        'QuaysideSyncStale',
        'QuaysideQuayFailing',
        'QuaysideCertificateExpiring',
        'QuaysideDeletionHeld',
        'QuaysideAdmissionErrors',
      ]),
    );
  });

  test('use labels that the alert has', () => {
    for (const { expr, description } of alerts) {
      for (const [, label = ''] of description.matchAll(/\$labels\.(\w+)/g))
        expect(expr).toMatch(new RegExp(`by \\([^)]*${label}`));
    }
  });
});

describe('the monitoring', () => {
  const objects = installation();

  test('finds the metrics ports of both Services', () => {
    const services = Object.values(ofKind(objects, 'Service'));
    expect(services).toHaveLength(2);
    const { selector } = ofKind(objects, 'ServiceMonitor').quayside?.spec as { selector: { matchLabels: object } };
    for (const { metadata, spec } of services) {
      expect(metadata.labels).toMatchObject(selector.matchLabels);
      expect((spec as { ports: object[] }).ports).toContainEqual(
        expect.objectContaining({ name: 'metrics', port: ports.metrics }),
      );
    }
  });

  test('has a dashboard that Grafana can read', () => {
    const dashboard = ofKind(objectsIn(join(dist, 'monitoring.yaml')), 'ConfigMap')['quayside-dashboard'];
    const content = JSON.parse(dashboard?.data?.['quayside.json'] ?? '') as {
      panels: { gridPos: object; id: number }[];
    };
    expect(content.panels).toHaveLength(panels.length);
    expect(new Set(content.panels.map(({ gridPos }) => JSON.stringify(gridPos))).size).toBe(panels.length);
    expect(dashboard?.metadata.labels).toMatchObject({ grafana_dashboard: '1' });
  });
});
