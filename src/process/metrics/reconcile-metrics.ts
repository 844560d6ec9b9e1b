import { type Counter, type Gauge, type Histogram } from 'prom-client';
import { type Definer } from './definer.js';

/** Metrics of the reconciliation of Git and Quay. An integration is the finest label: never a namespace. */
export interface ReconcileMetrics {
  readonly reconcileDurationSeconds: Histogram<'controller' | 'result'>;
  readonly lastSuccessTimestampSeconds: Gauge<'integration'>;
  /** 1 or 0; of integrations alone, since there may be thousands of organizations. */
  readonly condition: Gauge<'kind' | 'name' | 'type'>;
  /** The organizations of an integration by state: `ready`, or `reconciling` as long as they are not. */
  readonly organizations: Gauge<'integration' | 'state'>;
  /** Those whose name somebody else has in Quay. */
  readonly organizationsTaken: Gauge<'integration'>;
  /** By the kind of what was put right: an object's, or `Quay`. */
  readonly repairsTotal: Counter<'kind'>;
  readonly contendedObjects: Gauge<'kind'>;
  readonly driftChangesTotal: Counter<'integration'>;
  /** 1 while Quay's audit log says what has changed, 0 while everything is read instead. */
  readonly auditLogTrusted: Gauge<'integration'>;
  readonly deletionsHeld: Gauge<'integration' | 'kind'>;
  readonly queueDepth: Gauge<'queue' | 'state'>;
}

/** Adds the metrics of the reconciliation. */
export function reconcileMetrics({ counter, gauge, histogram }: Definer): ReconcileMetrics {
  const seconds = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300];
  return {
    reconcileDurationSeconds: histogram('reconcile_duration_seconds', 'Duration of one reconciliation.', seconds, [
      'controller',
      'result',
    ]),
    lastSuccessTimestampSeconds: gauge(
      'last_success_timestamp_seconds',
      'When all of an integration was last synced, in seconds since 1970.',
      ['integration'],
    ),
    condition: gauge('condition', '1 while a condition is true, 0 while it is not.', ['kind', 'name', 'type']),
    organizations: gauge('organizations', 'Organizations by state.', ['integration', 'state']),
    organizationsTaken: gauge('organizations_taken', 'Organizations whose name somebody else has in Quay.', [
      'integration',
    ]),
    repairsTotal: counter('repairs_total', 'What others had changed and was put right.', ['kind']),
    contendedObjects: gauge('contended_objects', 'What somebody else undoes again and again.', ['kind']),
    driftChangesTotal: counter('drift_changes_total', 'Changes that others made in Quay and that were corrected.', [
      'integration',
    ]),
    auditLogTrusted: gauge(
      'audit_log_trusted',
      "1 while Quay's audit log says what has changed, 0 while everything is read at each interval.",
      ['integration'],
    ),
    deletionsHeld: gauge('deletions_held', 'Deletions that are held because they exceed the limit.', [
      'integration',
      'kind',
    ]),
    queueDepth: gauge('queue_depth', 'Keys in a work queue.', ['queue', 'state']),
  };
}
