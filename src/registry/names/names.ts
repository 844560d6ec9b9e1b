/** The names of a registry's objects, as the Quay Operator gives them. */
export interface Names {
  readonly app: string;
  readonly mirror: string;
  readonly migration: string;
  readonly clair: string;
  readonly redis: string;
  readonly database: string;
  readonly clairDatabase: string;
  readonly databaseClaim: string;
  readonly clairDatabaseClaim: string;
  readonly databaseSettings: string;
  readonly clairDatabaseSettings: string;
  readonly bucket: string;
  readonly route: string;
  readonly builderRoute: string;
  readonly serviceCa: string;
  readonly trustedCa: string;
  readonly configSecret: string;
  readonly tlsSecret: string;
  readonly extraCaSecret: string;
  readonly proxySecret: string;
  readonly keysSecret: string;
  readonly clairSecret: string;
  readonly databaseSecret: string;
  readonly databaseBootstrap: string;
  readonly clairDatabaseSecret: string;
  readonly redisSecret: string;
  readonly metrics: string;
  readonly serviceMonitor: string;
  readonly rules: string;
  readonly alertsRole: string;
  readonly alertsRoleBinding: string;
  readonly dashboard: string;
}

export function namesOf(registry: string, namespace: string): Names {
  const named = (rest: string): string => `${registry}-${rest}`;
  return {
    app: named('quay-app'),
    mirror: named('quay-mirror'),
    migration: named('quay-app-upgrade'),
    clair: named('clair-app'),
    redis: named('quay-redis'),
    database: named('quay-database'),
    clairDatabase: named('clair-postgres'),
    databaseClaim: named('quay-postgres-13'),
    clairDatabaseClaim: named('clair-postgres-15'),
    databaseSettings: named('postgres-conf-sample'),
    clairDatabaseSettings: named('clair-postgres-conf-sample'),
    bucket: named('quay-datastore'),
    route: named('quay'),
    builderRoute: named('quay-builder'),
    serviceCa: named('cluster-service-ca'),
    trustedCa: named('cluster-trusted-ca'),
    configSecret: named('quay-config-secret'),
    tlsSecret: named('quay-config-tls'),
    extraCaSecret: named('extra-ca-certs'),
    proxySecret: named('quay-proxy-config'),
    keysSecret: named('quay-registry-managed-secret-keys'),
    clairSecret: named('clair-config-secret'),
    databaseSecret: named('postgres-config-secret'),
    databaseBootstrap: named('postgres-bootstrap'),
    clairDatabaseSecret: named('clairpostgres-config-secret'),
    redisSecret: named('redis-config-secret'),
    metrics: named('quay-metrics'),
    serviceMonitor: named('quay-metrics-monitor'),
    rules: named('quay-prometheus-rules'),
    alertsRole: named('quay-alerts-role'),
    alertsRoleBinding: named('quay-alerts-rolebinding'),
    // In a namespace that all registries of the cluster share. A namespace has no dot, so no two of them have one name.
    dashboard: `${registry}.${namespace}-grafana-dashboard-quay`,
  };
}
