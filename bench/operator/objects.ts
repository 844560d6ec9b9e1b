/** Where the operator and its Secrets are. */
export const home = 'quayside';

/** Where the image streams of a namespace are. */
export function streamsPath(namespace: string): string {
  return `/apis/image.openshift.io/v1/namespaces/${namespace}/imagestreams`;
}

/** A namespace with what OpenShift writes on one. */
export function project(name: string): object {
  const annotations = {
    'openshift.io/description': `Project ${name}`,
    'openshift.io/display-name': name,
    'openshift.io/sa.scc.mcs': 's0:c26,c15',
    'openshift.io/sa.scc.supplemental-groups': '1000680000/10000',
    'openshift.io/sa.scc.uid-range': '1000680000/10000',
  };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations } };
}

/** An image stream with two tags. */
export function stream(name: string): object {
  const tags = ['1.0', 'latest'].map((tag) => ({
    name: tag,
    from: { kind: 'DockerImage', name: `registry.example.com/${name}:${tag}` },
  }));
  return {
    apiVersion: 'image.openshift.io/v1',
    kind: 'ImageStream',
    metadata: { name },
    spec: { lookupPolicy: { local: false }, tags },
  };
}

/** A Secret as text. */
export function secretObject(name: string, stringData: Readonly<Record<string, string>>): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData };
}

/** An integration that selects every project, and looks at everything once an hour. */
export function integrationObject(quayHostname: string): object {
  return {
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name: 'quay' },
    spec: {
      clusterID: 'openshift',
      quayHostname,
      insecureRegistry: true,
      credentialsSecret: { namespace: home, name: 'quay' },
      denylistNamespaces: [home],
      interval: '1h',
    },
  };
}
