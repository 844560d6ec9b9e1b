import { type Counter, type Gauge, type Histogram } from 'prom-client';
import { type Definer } from './definer.js';

/** What concerns builds: their admission, the import after them, and the certificates of the webhook. */
export interface BuildMetrics {
  readonly webhookDurationSeconds: Histogram;
  readonly webhookDecisionsTotal: Counter<'decision'>;
  readonly unrewrittenBuildsTotal: Counter<'reason'>;
  readonly buildsWaiting: Gauge;
  readonly cancelledBuildsTotal: Counter<'reason'>;
  readonly importsTotal: Counter<'result'>;
  readonly certificateExpiryTimestampSeconds: Gauge<'certificate'>;
}

/** Adds the metrics of builds. */
export function buildMetrics({ counter, gauge, histogram }: Definer): BuildMetrics {
  const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 2, 4, 6, 10];
  return {
    webhookDurationSeconds: histogram('webhook_duration_seconds', 'Time a review took.', seconds),
    webhookDecisionsTotal: counter('webhook_decisions_total', 'Reviews by decision.', ['decision']),
    unrewrittenBuildsTotal: counter('unrewritten_builds_total', 'Builds that ran without being rewritten to Quay.', [
      'reason',
    ]),
    buildsWaiting: gauge('builds_waiting', 'Builds that have waited for their push secret for more than two minutes.'),
    cancelledBuildsTotal: counter(
      'cancelled_builds_total',
      'Builds that were cancelled, since their push secret would never have come.',
      ['reason'],
    ),
    importsTotal: counter('imports_total', 'Imports of image stream tags after a build.', ['result']),
    certificateExpiryTimestampSeconds: gauge(
      'certificate_expiry_timestamp_seconds',
      'When a certificate expires, in seconds since 1970.',
      ['certificate'],
    ),
  };
}
