/** One picture on the dashboard. */
export interface Panel {
  readonly title: string;
  readonly kind: 'timeseries' | 'stat';
  readonly unit: string;
  /** Legend and query of each line. */
  readonly lines: Readonly<Record<string, string>>;
}

const p99 = (metric: string, by: string): string =>
  `histogram_quantile(0.99, sum by (le${by}) (rate(${metric}_bucket[$__rate_interval])))`;
const rate = (metric: string, by: string): string => `sum by (${by}) (rate(${metric}[$__rate_interval]))`;

/** The dashboard from the top left to the bottom right, two a row. */
export const panels: readonly Panel[] = [
  {
    title: 'Organizations by state',
    kind: 'timeseries',
    unit: 'short',
    lines: { '{{integration}} {{state}}': 'max by (integration, state) (quayside_organizations)' },
  },
  {
    title: 'Time since the last sync',
    kind: 'stat',
    unit: 's',
    lines: { '{{integration}}': 'time() - max by (integration) (quayside_last_success_timestamp_seconds)' },
  },
  {
    title: 'Conditions of integrations',
    kind: 'timeseries',
    unit: 'short',
    lines: { '{{name}} {{type}}': 'max by (name, type) (quayside_condition)' },
  },
  {
    title: 'Deletions held',
    kind: 'stat',
    unit: 'short',
    lines: { '{{integration}} {{kind}}': 'max by (integration, kind) (quayside_deletions_held)' },
  },
  {
    title: 'Calls to Quay',
    kind: 'timeseries',
    unit: 'reqps',
    lines: { '{{method}} {{code}}': rate('quayside_quay_requests_total', 'method, code') },
  },
  {
    title: 'Time until Quay answers (p99)',
    kind: 'timeseries',
    unit: 's',
    lines: { '{{method}}': p99('quayside_quay_request_duration_seconds', ', method') },
  },
  {
    title: 'Drift corrected',
    kind: 'timeseries',
    unit: 'short',
    lines: { '{{integration}}': 'sum by (integration) (increase(quayside_drift_changes_total[1h]))' },
  },
  {
    title: 'Repairs of what others undo',
    kind: 'timeseries',
    unit: 'short',
    lines: {
      '{{kind}}': 'sum by (kind) (increase(quayside_repairs_total[1h]))',
      'fought over: {{kind}}': 'max by (kind) (quayside_contended_objects)',
    },
  },
  {
    title: 'Git operations',
    kind: 'timeseries',
    unit: 'ops',
    lines: { '{{operation}} {{result}}': rate('quayside_git_operations_total', 'operation, result') },
  },
  {
    title: 'Admission decisions',
    kind: 'timeseries',
    unit: 'ops',
    lines: { '{{decision}}': rate('quayside_webhook_decisions_total', 'decision') },
  },
  {
    title: 'Admission time (p99)',
    kind: 'timeseries',
    unit: 's',
    lines: { p99: p99('quayside_webhook_duration_seconds', '') },
  },
  {
    title: 'Imports after builds',
    kind: 'timeseries',
    unit: 'short',
    lines: {
      '{{result}}': 'sum by (result) (increase(quayside_imports_total[1h]))',
      'not rewritten: {{reason}}': 'sum by (reason) (increase(quayside_unrewritten_builds_total[1h]))',
    },
  },
  {
    title: 'Time until certificates expire',
    kind: 'stat',
    unit: 's',
    lines: { '{{certificate}}': 'min by (certificate) (quayside_certificate_expiry_timestamp_seconds) - time()' },
  },
  {
    title: 'Calls to the API server',
    kind: 'timeseries',
    unit: 'reqps',
    lines: { '{{verb}} {{resource}}': rate('quayside_kube_requests_total', 'verb, resource') },
  },
  {
    title: 'Work queues',
    kind: 'timeseries',
    unit: 'short',
    lines: { '{{queue}} {{state}}': 'sum by (queue, state) (quayside_queue_depth)' },
  },
  {
    title: 'Memory',
    kind: 'timeseries',
    unit: 'bytes',
    lines: { '{{pod}}': 'quayside_process_resident_memory_bytes' },
  },
  {
    title: 'Event loop lag (p99)',
    kind: 'timeseries',
    unit: 's',
    lines: { '{{pod}}': 'quayside_event_loop_lag_seconds{quantile="0.99"}' },
  },
];
