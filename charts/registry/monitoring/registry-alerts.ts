/** One alert of a registry. */
export interface RegistryAlert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: 'warning' | 'critical';
  readonly summary: string;
  readonly description: string;
}

/** Warns of one registry, and of no other: every query has its namespace and the names of its own objects. */
export function registryAlerts(namespace: string, registry: string): readonly RegistryAlert[] {
  const of = (label: string, names: string): string => `{namespace="${namespace}", ${label}=~"${registry}-(${names})"}`;
  const pods = of('pod', '(quay-app|quay-mirror|clair-app)-.+');
  const served = of('deployment', 'quay-app');
  const databases = of('deployment', 'quay-database|clair-postgres|quay-redis');
  const claims = of('persistentvolumeclaim', '(quay-postgres|clair-postgres)-[0-9]+');
  const jobs = of('job_name', 'quay-app-upgrade(-.+)?');
  return [
    {
      alert: 'QuayPodFrequentlyRestarting',
      expr: `increase(kube_pod_container_status_restarts_total${pods}[1h]) > 5`,
      for: '10m',
      severity: 'warning',
      summary: 'A pod of the registry restarts again and again.',
      description: `Pod {{ $labels.pod }} of the registry ${registry} restarted {{ $value | humanize }} times in an hour. See its previous log.`,
    },
    {
      alert: 'QuayRegistryUnavailable',
      expr: `kube_deployment_status_replicas_available${served} == 0 and kube_deployment_spec_replicas${served} > 0`,
      for: '5m',
      severity: 'critical',
      summary: 'The registry does not answer.',
      description: `No pod of ${registry}-quay-app is available: images can be neither pulled nor pushed.`,
    },
    {
      alert: 'QuayDependencyUnavailable',
      expr: `kube_deployment_status_replicas_available${databases} == 0 and kube_deployment_spec_replicas${databases} > 0`,
      for: '5m',
      severity: 'critical',
      summary: 'A database or Redis of the registry does not answer.',
      description: `{{ $labels.deployment }} has no available pod. Look at its claim and its log.`,
    },
    {
      alert: 'QuayVolumeFillingUp',
      expr: `kubelet_volume_stats_available_bytes${claims} / kubelet_volume_stats_capacity_bytes${claims} < 0.1`,
      for: '15m',
      severity: 'warning',
      summary: "A database's volume is nearly full.",
      description: `The claim {{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} left. Raise volumeSize of its component.`,
    },
    {
      alert: 'QuayMigrationFailed',
      expr: `kube_job_status_failed${jobs} > 0`,
      for: '1m',
      severity: 'critical',
      summary: "The migration of the registry's database failed.",
      description: `The Job {{ $labels.job_name }} failed; Quay is not rolled out until it succeeds. See the log of its pod.`,
    },
  ];
}
