import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import { type Definer, metricPrefix } from './definer.js';

// Milliseconds between two looks at the clock.
const resolution = 20;

/** The process itself. */
export interface ProcessMetrics {
  /** 1 while this process leads. */
  readonly leader: Gauge;
}

/** Adds what can be said of any process, and measures from now on. */
export function processMetrics(registry: Registry, { gauge }: Definer, version: string): ProcessMetrics {
  collectDefaultMetrics({ register: registry, prefix: metricPrefix, eventLoopMonitoringPrecision: resolution });
  measureLag(registry);
  gauge('build_info', 'Always 1; the label is the version.', ['version']).set({ version }, 1);
  return { leader: gauge('leader', '1 while this process is the leader, else 0.') };
}

/** How much later than planned the event loop came to a timer, since the last time somebody asked. */
function measureLag(registry: Registry): void {
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  new Gauge({
    name: `${metricPrefix}event_loop_lag_seconds`,
    help: 'Delay of the event loop since the last scrape.',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - resolution / 1e3);
      const lag = { '0.5': delay.percentile(50), '0.99': delay.percentile(99), '1': delay.max };
      for (const [quantile, nanoseconds] of Object.entries(lag)) this.set({ quantile }, late(nanoseconds));
      delay.reset();
    },
  });
}
