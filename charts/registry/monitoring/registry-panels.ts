import { type Panel } from '../../monitoring/panels.js';

/** The dashboard of one registry: every query has its namespace and its Service. */
export function registryPanels(namespace: string, service: string): readonly Panel[] {
  const own = `namespace="${namespace}", service="${service}"`;
  const rate = (metric: string, by: string): string => `sum by (${by}) (rate(${metric}{${own}}[5m]))`;
  const stat = (title: string, metric: string): Panel => ({
    title,
    kind: 'stat',
    unit: 'short',
    lines: { [title]: `max(${metric}{${own}} > 0)` },
  });
  return [
    stat('Organizations', 'quay_org_rows'),
    stat('Repositories', 'quay_repository_rows'),
    stat('Users', 'quay_user_rows'),
    stat('Robots', 'quay_robot_rows'),
    {
      title: 'CPU by process',
      kind: 'timeseries',
      unit: 'percent',
      lines: { '{{process_name}}': `100 * ${rate('process_cpu_seconds_total', 'process_name')}` },
    },
    {
      title: 'Memory by process',
      kind: 'timeseries',
      unit: 'bytes',
      lines: { '{{process_name}}': `max by (process_name) (process_resident_memory_bytes{${own}})` },
    },
    {
      title: 'Pulls and pushes',
      kind: 'timeseries',
      unit: 'ops',
      lines: {
        'pulls, {{status}}': rate('quay_registry_image_pulls_total', 'status'),
        'pushes, {{status}}': rate('quay_registry_image_pushes_total', 'status'),
      },
    },
    {
      title: 'Logins',
      kind: 'timeseries',
      unit: 'ops',
      lines: { '{{auth_kind}} {{success}}': rate('quay_authentication_attempts_total', 'auth_kind, success') },
    },
    {
      title: 'Requests by route',
      kind: 'timeseries',
      unit: 'reqps',
      lines: { '{{route}}': rate('quay_request_duration_seconds_count', 'route') },
    },
    {
      title: 'Time until Quay answers (p95)',
      kind: 'timeseries',
      unit: 's',
      lines: {
        '{{route}}': `histogram_quantile(0.95, ${rate('quay_request_duration_seconds_bucket', 'le, route')})`,
      },
    },
  ];
}
