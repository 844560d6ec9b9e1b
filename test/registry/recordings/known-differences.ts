/** A difference from the Quay Operator that is on purpose. */
export interface KnownDifference {
  readonly object: RegExp;
  readonly path: RegExp;
  readonly ours?: RegExp;
  readonly theirs?: RegExp;
  readonly reason: string;
}

const any = /^/;

/** Each with its reason; `docs/registry.md` says the same for users. */
export const knownDifferences: readonly KnownDifference[] = [
  // What the recordings do not hold.
  { object: any, path: any, theirs: /^"(?:<<|text:)/, reason: 'random values and long texts are masked there' },
  {
    object: /^Secret\/(?:<r>-config-bundle|bundle|my-tls)/,
    path: /^$/,
    reason: 'a bundle, and a certificate, are inputs',
  },
  {
    object: /^(?:Secret|ConfigMap)\/<r>-quay-datastore$/,
    path: /^$/,
    reason: 'the provisioner of the bucket makes it',
  },
  {
    object: /quay-config-secret$/,
    path: /DISTRIBUTED_STORAGE_CONFIG\.local_us\[1\]\.(?:access_key|secret_key)$/,
    reason: 'the login of the bucket is masked',
  },
  { object: any, path: /env\[QUAY_VERSION\]\.value$/, reason: 'the version is that of the installation' },
  // Annotations.
  {
    object: any,
    path: /annotations\.quay-operator-service-endpoint$/,
    reason: 'nothing listens at that address since the config editor is gone',
  },
  {
    object: any,
    path: /annotations\[(?:argocd|kustomize)/,
    reason: 'Argo CD and Flux apply it in order, and leave data alone',
  },
  {
    object: any,
    path: /^metadata\.annotations\.cluster-(?:service|trusted)-ca$/,
    reason: 'P8: a renewed authority restarts nothing that does not read it',
  },
  {
    object: any,
    path: /^metadata\.annotations\.quay\.redhat\.com\/tls-secret-hash|^metadata\.annotations\[quay\.redhat\.com/,
    reason: 'P8: a renewed certificate restarts nothing that does not read it',
  },
  {
    object: /^Deployment|^Job/,
    path: /^spec\.template\.metadata\.annotations/,
    reason: 'I1, I5, P21: pods carry nothing that does not concern them, so nothing restarts them for it',
  },
  { object: /^ConfigMap\/<r>-cluster-service-ca$/, path: /quay-component$/, reason: 'it belongs to no component' },
  // Objects.
  {
    object: /^Job\/<r>-quay-app-upgrade/,
    path: /^$/,
    reason:
      'P6, P7: the Job is named by version and database, so a new one runs for each, and none is missed when it is deleted',
  },
  {
    object: /grafana-dashboard-quay$/,
    path: /^$/,
    reason: 'I16: registries of one name in two namespaces have a dashboard each',
  },
  {
    object: /^ConfigMap\/<r>-cluster-(?:service|trusted)-ca$/,
    path: /^$/,
    ours: /absent/,
    reason: 'P15: nothing fills it on plain Kubernetes, and an empty one hides authorities',
  },
  {
    object: /^ConfigMap\/<r>-cluster-trusted-ca$/,
    path: /^data/,
    reason: 'what is injected is not stated, so it is not emptied (adoption, I20)',
  },
  { object: /^Secret\/<r>-redis-config-secret$/, path: /^$/, reason: 'P22: Redis has a password' },
  { object: any, path: /REDIS(?:_PASSWORD)?\.?(?:password)?$|REDIS_PASSWORD/, reason: 'P22: Redis has a password' },
  {
    object: /^Deployment\/<r>-quay-redis$/,
    path: /containers\[redis-master\]\.(?:readinessProbe|livenessProbe|env)/,
    reason: 'P22: Redis has probes and a password',
  },
  {
    object: /^Deployment\/<r>-(?:quay-database|clair-postgres)$/,
    path: /terminationGracePeriodSeconds$/,
    ours: /600/,
    reason: 'P22: a database has the ten minutes to end in that were meant',
  },
  {
    object: /^Deployment\/<r>-(?:quay-database|clair-postgres)$/,
    path: /^spec\.template\.spec\.securityContext$/,
    reason: 'on plain Kubernetes PostgreSQL runs as the user of its image, who owns the volume',
  },
  {
    object: /^Deployment\/<r>-(?:quay-app|quay-mirror|clair-app)$/,
    path: /^spec\.replicas$/,
    theirs: /^1$/,
    ours: /absent/,
    reason: 'K69, I4: an autoscaler has the say; 1 is what the API server fills in',
  },
  // Authorities and Clair.
  {
    object: /^Deployment\/<r>-clair-app$/,
    path: /cluster-trusted-ca\]|pki\/ca-trust|SSL_CERT_DIR/,
    reason: "P15: authorities are added to the image's own, and hide none",
  },
  {
    object: /^Deployment\//,
    path: /projected\.sources$/,
    ours: /^(?!.*cluster-(?:service|trusted)-ca)/,
    reason: 'P15: on plain Kubernetes nothing fills the ConfigMaps of authorities',
  },
  {
    object: /^Deployment\/<r>-clair-app$/,
    path: /01_user_config\.yaml\]$/,
    reason: 'a drop-in is mounted where the bundle has one',
  },
  {
    object: /^Secret\/<r>-clair-config-secret$/,
    path: /01_user_config|clair-db-(?:old-)?host/,
    reason: 'P10: no Job reads it from there, and an empty drop-in is none',
  },
  {
    object: /keys$/,
    path: /^data\.(?:CLAIR_|SECURITY_SCANNER)/,
    theirs: /^""$/,
    reason: 'keys of what is not managed are not there, instead of empty',
  },
  {
    object: /^Deployment\/<r>-quay-mirror$/,
    path: /initContainers\[quay-mirror-init\]\.(?:env|command)/,
    reason: 'it waits until Quay answers, instead of failing until then',
  },
  // Monitoring.
  {
    object: /^ServiceMonitor\//,
    path: /^spec\.(?:selector|namespaceSelector)/,
    reason: 'P18: it scrapes this registry only',
  },
  { object: /^PrometheusRule\//, path: /rules$/, reason: 'P18: alerts are of our own, and of this registry only' },
  // Access.
  {
    object: /^Route\/<r>-quay-builder$/,
    path: /^spec\.host$/,
    ours: /absent/,
    reason: 'the cluster chooses, as the recording shows what it chose',
  },
  {
    object: /quay-config-secret$/,
    path: /(?:PREFERRED_URL_SCHEME|EXTERNAL_TLS_TERMINATION)$/,
    theirs: /absent/,
    reason: 'I7: without a Route Quay would take itself for one without TLS',
  },
];
