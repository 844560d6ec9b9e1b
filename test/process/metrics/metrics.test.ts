import { describe, expect, test } from '@jest/globals';
import { createMetrics } from '../../../src/process/index.js';

test('every name starts with quayside_ and is explained, and no label is a namespace', async () => {
  const metrics = await createMetrics().registry.getMetricsAsJSON();
  for (const { name, help, values } of metrics) {
    expect(name).toMatch(/^quayside_[a-z0-9_]+$/);
    expect(help).not.toBe('');
    for (const { labels } of values) expect(labels).not.toHaveProperty('namespace');
  }
});

test('the names are those that alerts and dashboards ask for', async () => {
  const names = (await createMetrics().registry.getMetricsAsJSON()).map(({ name }) => name.replace('quayside_', ''));
  expect(names.filter((name) => !/^(process|nodejs)_/.test(name)).sort()).toEqual([
    'audit_log_trusted',
    'build_info',
    'builds_waiting',
    'cache_age_seconds',
    'cancelled_builds_total',
    'certificate_expiry_timestamp_seconds',
    'condition',
    'contended_objects',
    'deletions_held',
    'drift_changes_total',
    'event_loop_lag_seconds',
    'events_lost_total',
    'forge_calls_left',
    'forge_requests_total',
    'git_batch_size',
    'git_operations_total',
    'git_push_retries_total',
    'imports_total',
    'kube_requests_total',
    'last_success_timestamp_seconds',
    'leader',
    'organizations',
    'organizations_taken',
    'proposal_opened_timestamp_seconds',
    'quay_request_duration_seconds',
    'quay_requests_total',
    'queue_depth',
    'reconcile_duration_seconds',
    'repairs_total',
    'unrewritten_builds_total',
    'watch_restarts_total',
    'webhook_decisions_total',
    'webhook_deliveries_total',
    'webhook_duration_seconds',
  ]);
});

test('a field of the metrics is called like the metric', async () => {
  const metrics = createMetrics();
  const { registry } = metrics;
  for (const [field, metric] of Object.entries(metrics)) {
    if (typeof metric === 'function' || metric === registry) continue;
    const name = `quayside_${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    expect(registry.getSingleMetric(name)).toBe(metric);
  }
});

test('two processes in one do not share metrics', async () => {
  const [one, other] = [createMetrics({ version: '1.2.3' }), createMetrics()];
  one.leader.set(1);
  expect(await one.render()).toMatch(/^quayside_leader 1$/m);
  expect(await one.render()).toMatch(/^quayside_build_info\{version="1\.2\.3"\} 1$/m);
  expect(await other.render()).toMatch(/^quayside_leader 0$/m);
});

test('what would be old by then is filled in before a scrape', async () => {
  const metrics = createMetrics();
  let age = 7;
  metrics.beforeScrape(() => metrics.cacheAgeSeconds.set({ resource: 'namespaces' }, age));
  expect(await metrics.render()).toContain('quayside_cache_age_seconds{resource="namespaces"} 7');
  age = 8;
  expect(await metrics.render()).toContain('quayside_cache_age_seconds{resource="namespaces"} 8');
});

test('a blocked event loop shows in one scrape', async () => {
  const metrics = createMetrics();
  const longest = async (): Promise<number> =>
    Number(/^quayside_event_loop_lag_seconds\{quantile="1"\} (\S+)$/m.exec(await metrics.render())?.[1]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  for (const end = performance.now() + 1_000; performance.now() < end;);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const blocked = await longest();
  expect(blocked).toBeGreaterThan(0.2);
  expect(await longest()).toBeLessThan(blocked);
});

describe('an integration that is gone', () => {
  test('is no longer spoken of, while the others are', async () => {
    const metrics = createMetrics();
    for (const integration of ['gone', 'kept']) {
      metrics.deletionsHeld.set({ integration, kind: 'organizations' }, 12);
      metrics.driftChangesTotal.inc({ integration });
      metrics.condition.set({ kind: 'QuayIntegration', name: integration, type: 'Ready' }, 1);
    }
    await metrics.forgetIntegration('gone');
    const text = await metrics.render();
    expect(text).not.toContain('"gone"');
    expect(text.match(/"kept"/g)).toHaveLength(3);
  });
});
