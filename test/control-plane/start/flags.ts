/** The files and addresses that the servers share, all on loopback and inside one folder. */
export interface Layout {
  readonly folder: string;
  readonly etcdUrl: string;
  readonly etcdPeerUrl: string;
  readonly apiPort: number;
  readonly serverCertificate: string;
  readonly serverKey: string;
  readonly serviceAccountKey: string;
  readonly tokens: string;
  readonly auditPolicy: string;
  readonly auditLog: string;
  readonly controllerKubeconfig: string;
}

/** Nothing in a test is worth waiting for the disk. */
export function etcdFlags(at: Layout): readonly string[] {
  return [
    `--data-dir=${at.folder}/etcd`,
    `--listen-client-urls=${at.etcdUrl}`,
    `--advertise-client-urls=${at.etcdUrl}`,
    `--listen-peer-urls=${at.etcdPeerUrl}`,
    `--initial-advertise-peer-urls=${at.etcdPeerUrl}`,
    `--initial-cluster=default=${at.etcdPeerUrl}`,
    '--unsafe-no-fsync',
  ];
}

export function apiServerFlags(at: Layout): readonly string[] {
  return [
    `--etcd-servers=${at.etcdUrl}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${at.apiPort}`,
    `--tls-cert-file=${at.serverCertificate}`,
    `--tls-private-key-file=${at.serverKey}`,
    `--service-account-key-file=${at.serviceAccountKey}`,
    `--service-account-signing-key-file=${at.serviceAccountKey}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--token-auth-file=${at.tokens}`,
    '--authorization-mode=RBAC',
    '--allow-privileged=true',
    '--anonymous-auth=false',
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.0.0.0/24',
    `--audit-policy-file=${at.auditPolicy}`,
    `--audit-log-path=${at.auditLog}`,
    // One file for the whole run, so that a reader never has to follow a rotation.
    '--audit-log-maxsize=100000',
    // Nobody here competes with anybody, and nobody measures it: a quarter of what it computes until it is ready.
    '--enable-priority-and-fairness=false',
    '--profiling=false',
  ];
}

/** Only what the resources of a cluster without nodes need: nobody schedules or runs anything here. */
export function controllerManagerFlags(at: Layout): readonly string[] {
  const controllers = ['namespace', 'serviceaccount', 'serviceaccount-token', 'garbage-collector'];
  return [
    `--kubeconfig=${at.controllerKubeconfig}`,
    `--controllers=${controllers.map((name) => `${name}-controller`).join(',')}`,
    `--service-account-private-key-file=${at.serviceAccountKey}`,
    '--leader-elect=false',
    '--secure-port=0',
  ];
}
