import { type Panel } from '../monitoring/panels.js';

/** What tells one dashboard from another. */
export interface DashboardParts {
  /** Unique among all dashboards of a Grafana. */
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly panels: readonly Panel[];
}

/** A dashboard as Grafana and OpenShift's console read it, two panels a row. */
export function grafanaDashboard({ uid, title, tags, panels }: DashboardParts): object {
  return {
    uid,
    title,
    tags,
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'source', label: 'Prometheus', type: 'datasource', query: 'prometheus' }] },
    panels: panels.map(panel),
  };
}

const source = { type: 'prometheus', uid: '${source}' };
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
