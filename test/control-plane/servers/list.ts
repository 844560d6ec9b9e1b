/** The four programs of a control plane, slowest to build first, and the Go package that each is built from. */
export const servers = [
  { name: 'kube-apiserver', goPackage: 'k8s.io/kubernetes/cmd/kube-apiserver' },
  { name: 'kube-controller-manager', goPackage: 'k8s.io/kubernetes/cmd/kube-controller-manager' },
  { name: 'kubectl', goPackage: 'k8s.io/kubernetes/cmd/kubectl' },
  { name: 'etcd', goPackage: 'go.etcd.io/etcd/server/v3' },
] as const;

export type ServerName = (typeof servers)[number]['name'];

/** Where each program is, as an absolute path. */
export type ServerPaths = Readonly<Record<ServerName, string>>;
