/** One alert of Prometheus. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly summary: string;
  readonly description: string;
}

const admission = 'name="builds.quayside.dev"';
const increase = (metric: string): string => `(sum(increase(${metric}[15m])) or vector(0))`;
const failing = 'code=~"0|401|403|429|5.."';

/** Alerts that need somebody, now or later. */
export const alerts: readonly Alert[] = [
  {
    alert: 'QuaysideSyncStale',
    expr: 'time() - max by (integration) (quayside_last_success_timestamp_seconds) > 3600',
    for: '10m',
    severity: 'warning',
    summary: 'Quay has not been synced with the cluster for an hour.',
    description: 'See the conditions of the QuayIntegration {{ $labels.integration }} for the reason.',
  },
  {
    alert: 'QuaysideStalled',
    expr: 'max by (kind, name) (quayside_condition{type="Stalled"}) == 1',
    for: '15m',
    severity: 'warning',
    summary: 'A QuayIntegration is stalled and needs action.',
    description: 'See the condition Stalled of the {{ $labels.kind }} {{ $labels.name }} for what to do.',
  },
  {
    alert: 'QuaysideNotReady',
    expr: 'max by (kind, name) (quayside_condition{type="Ready"}) == 0',
    for: '1h',
    severity: 'warning',
    summary: 'A QuayIntegration has not been ready for an hour.',
    description: 'The condition Ready of the {{ $labels.kind }} {{ $labels.name }} says why.',
  },
  {
    alert: 'QuaysideQuayFailing',
    expr: `sum(rate(quayside_quay_requests_total{${failing}}[10m])) / sum(rate(quayside_quay_requests_total[10m])) > 0.1`,
    for: '15m',
    severity: 'warning',
    summary: 'More than a tenth of the calls to Quay fail.',
    description: 'Now {{ $value | humanizePercentage }}. Changes are applied once Quay answers again.',
  },
  {
    alert: 'QuaysideContended',
    expr: 'max by (kind) (quayside_contended_objects) > 0',
    for: '5m',
    severity: 'warning',
    summary: 'Somebody else undoes what Quayside writes, again and again.',
    description:
      '{{ $value }} objects ({{ $labels.kind }}); the Events with the reason Contended name who does that. Each is put right every 5 minutes in the end.',
  },
  {
    alert: 'QuaysideNameTaken',
    expr: 'max by (integration) (quayside_organizations_taken) > 0',
    for: '5m',
    severity: 'warning',
    summary: 'Somebody else has the organization of a namespace in Quay, which therefore has no registry.',
    description:
      '{{ $value }} organizations of {{ $labels.integration }}: the condition Ready of each QuayOrganization, and an Event, name the owner. Builds of its namespace are not rewritten.',
  },
  {
    alert: 'QuaysideDeletionHeld',
    expr: 'max by (integration, kind) (quayside_deletions_held) > 0',
    for: '5m',
    severity: 'warning',
    summary: 'More deletions are pending than the limit allows.',
    description:
      '{{ $value }} deletions ({{ $labels.kind }}) of {{ $labels.integration }} wait until a person agrees: see the condition DeletionHeld.',
  },
  {
    alert: 'QuaysideCertificateExpiring',
    expr: 'min by (certificate) (quayside_certificate_expiry_timestamp_seconds) - time() < 14 * 86400',
    for: '1h',
    severity: 'warning',
    summary: "The webhook's certificate was not renewed in time.",
    description: 'The certificate {{ $labels.certificate }} expires in {{ $value | humanizeDuration }}.',
  },
  {
    alert: 'QuaysideCertificateExpired',
    expr: 'min by (certificate) (quayside_certificate_expiry_timestamp_seconds) - time() < 86400',
    for: '5m',
    severity: 'critical',
    summary: "The webhook's certificate is about to expire: builds will not be rewritten to Quay.",
    description: 'The certificate {{ $labels.certificate }} expires in {{ $value | humanizeDuration }}.',
  },
  {
    alert: 'QuaysideAdmissionErrors',
    expr: `${increase(`apiserver_admission_webhook_fail_open_count{${admission}}`)} + ${increase(`apiserver_admission_webhook_rejection_count{${admission},error_type="calling_webhook_error"}`)} > 0`,
    for: '5m',
    severity: 'warning',
    summary: 'The API server could not call the webhook.',
    description: '{{ $value | humanize }} builds in a quarter of an hour were not rewritten, or were refused.',
  },
  {
    alert: 'QuaysideBuildsNotRewritten',
    expr: 'sum by (reason) (increase(quayside_unrewritten_builds_total[1h])) > 0',
    for: '0m',
    severity: 'info',
    summary: 'Builds of selected namespaces ran without being rewritten to Quay.',
    description: '{{ $value | humanize }} in the last hour ({{ $labels.reason }}); the Events of the builds say why.',
  },
  {
    alert: 'QuaysideBuildsWaiting',
    expr: 'max(quayside_builds_waiting) > 0',
    for: '1m',
    severity: 'warning',
    summary: 'Builds wait for a pull secret that is not there yet.',
    description:
      '{{ $value }} have waited for over two minutes: the condition BuildsWaiting of the QuayIntegration says why.',
  },
  {
    alert: 'QuaysideBuildsCancelled',
    expr: 'sum by (reason) (increase(quayside_cancelled_builds_total[1h])) > 0',
    for: '0m',
    severity: 'warning',
    summary: 'Builds were cancelled, since the pull secret that they waited for will never come.',
    description: '{{ $value | humanize }} in the last hour ({{ $labels.reason }}); the Events of the builds say why.',
  },
  {
    alert: 'QuaysideProposalWaiting',
    expr: 'max by (integration) ((time() - quayside_proposal_opened_timestamp_seconds) and quayside_proposal_opened_timestamp_seconds > 0) > 7 * 86400',
    for: '1h',
    severity: 'info',
    summary: 'A pull request waits for people for more than a week.',
    description:
      'That of {{ $labels.integration }} has been open for {{ $value | humanizeDuration }}: the condition Proposed of the QuayIntegration has its address.',
  },
  {
    alert: 'QuaysideNoLeader',
    expr: '(sum(quayside_leader) or vector(0)) < 1',
    for: '10m',
    severity: 'critical',
    summary: 'No operator is the leader.',
    description: 'Builds continue; new namespaces get no organization until an operator is the leader again.',
  },
];
