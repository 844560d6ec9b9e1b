import { Registry } from 'prom-client';
import { type BuildMetrics, buildMetrics } from './build-metrics.js';
import { definer } from './definer.js';
import { type ProcessMetrics, processMetrics } from './process-metrics.js';
import { type RemoteMetrics, remoteMetrics } from './remote-metrics.js';
import { type ReconcileMetrics, reconcileMetrics } from './reconcile-metrics.js';

/** All metrics of a process. The fields are called like the metrics: `leader` is `quayside_leader`. */
export interface Metrics extends ReconcileMetrics, RemoteMetrics, BuildMetrics, ProcessMetrics {
  readonly registry: Registry;
  /** Called before every scrape, to fill in what would be old by then: ages, depths. */
  readonly beforeScrape: (fill: () => void) => void;
  /** The text of a scrape. */
  readonly render: () => Promise<string>;
  /** Removes the series of an integration that is gone. */
  readonly forgetIntegration: (name: string) => Promise<void>;
}

/** Metrics of their own for one process. */
export function createMetrics({ version = 'unknown' }: { readonly version?: string } = {}): Metrics {
  const registry = new Registry();
  const define = definer(registry);
  const fills: (() => void)[] = [];
  return {
    ...reconcileMetrics(define),
    ...remoteMetrics(define),
    ...buildMetrics(define),
    ...processMetrics(registry, define, version),
    registry,
    beforeScrape: (fill) => void fills.push(fill),
    render: async () => {
      for (const fill of fills) fill();
      return registry.metrics();
    },
    forgetIntegration: (name) => forgetIntegration(registry, name),
  };
}

async function forgetIntegration(registry: Registry, name: string): Promise<void> {
  for (const metric of registry.getMetricsAsArray()) {
    const { values } = (await registry.getSingleMetric(metric.name)?.get()) ?? { values: [] };
    for (const { labels } of values) {
      const integration = labels.kind === 'QuayIntegration' ? labels.name : labels.integration;
      if (integration === name) registry.getSingleMetric(metric.name)?.remove(labels);
    }
  }
}
