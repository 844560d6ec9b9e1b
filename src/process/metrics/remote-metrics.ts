import { type Counter, type Gauge, type Histogram } from 'prom-client';
import { type Definer } from './definer.js';

/** What goes over the wire to Quay, Git, the forge and the API server. */
export interface RemoteMetrics {
  /** `code` 0: no answer came. */
  readonly quayRequestsTotal: Counter<'method' | 'code'>;
  readonly quayRequestDurationSeconds: Histogram<'method'>;
  readonly gitOperationsTotal: Counter<'operation' | 'result'>;
  readonly gitPushRetriesTotal: Counter;
  readonly gitBatchSize: Histogram;
  /** `code` 0: no answer came. */
  readonly forgeRequestsTotal: Counter<'method' | 'code'>;
  readonly webhookDeliveriesTotal: Counter<'event' | 'code'>;
  readonly forgeCallsLeft: Gauge<'integration'>;
  /** Seconds since 1970; 0: none is open. */
  readonly proposalOpenedTimestampSeconds: Gauge<'integration'>;
  readonly watchRestartsTotal: Counter<'resource' | 'reason'>;
  readonly cacheAgeSeconds: Gauge<'resource'>;
  readonly kubeRequestsTotal: Counter<'verb' | 'resource' | 'code'>;
  readonly eventsLostTotal: Counter;
}

/** Adds the metrics of the calls. */
export function remoteMetrics({ counter, gauge, histogram }: Definer): RemoteMetrics {
  const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];
  const changes = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000];
  return {
    quayRequestsTotal: counter('quay_requests_total', 'Calls to Quay.', ['method', 'code']),
    quayRequestDurationSeconds: histogram('quay_request_duration_seconds', 'Time until Quay answered.', seconds, [
      'method',
    ]),
    gitOperationsTotal: counter('git_operations_total', 'Operations on state repositories.', ['operation', 'result']),
    gitPushRetriesTotal: counter(
      'git_push_retries_total',
      'Pushes that were retried because another writer was first.',
    ),
    gitBatchSize: histogram('git_batch_size', 'Files changed by one commit.', changes),
    forgeRequestsTotal: counter('forge_requests_total', 'Calls to forges.', ['method', 'code']),
    webhookDeliveriesTotal: counter('webhook_deliveries_total', 'Webhooks received from forges.', ['event', 'code']),
    forgeCallsLeft: gauge('forge_calls_left', 'Calls to the forge until its limit, as it said last.', ['integration']),
    proposalOpenedTimestampSeconds: gauge(
      'proposal_opened_timestamp_seconds',
      'When the open pull request was opened; 0: none is open.',
      ['integration'],
    ),
    watchRestartsTotal: counter('watch_restarts_total', 'Lists and watches that were restarted.', [
      'resource',
      'reason',
    ]),
    cacheAgeSeconds: gauge('cache_age_seconds', 'Time since the last message from the API server.', ['resource']),
    kubeRequestsTotal: counter('kube_requests_total', 'Calls to the API server.', ['verb', 'resource', 'code']),
    eventsLostTotal: counter('events_lost_total', 'Events that could not be written.'),
  };
}
