import { writeFile } from 'node:fs/promises';

const uid = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

function namespace(name: string, index: number): object {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      uid: uid(index),
      resourceVersion: String(1000 + index),
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { 'kubernetes.io/metadata.name': name, 'pod-security.kubernetes.io/warn': 'restricted' },
      annotations: {
        'openshift.io/description': `Project ${name}`,
        'openshift.io/display-name': name,
        'openshift.io/sa.scc.mcs': 's0:c26,c15',
        'openshift.io/sa.scc.supplemental-groups': '1000680000/10000',
        'openshift.io/sa.scc.uid-range': '1000680000/10000',
      },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

function imageStream(project: string, name: string): object {
  const tag = (version: string): object => ({
    name: version,
    from: { kind: 'DockerImage', name: `registry.example.com/${name}:${version}` },
    generation: 2,
    importPolicy: { importMode: 'Legacy' },
    referencePolicy: { type: 'Source' },
  });
  return {
    apiVersion: 'image.openshift.io/v1',
    kind: 'ImageStream',
    metadata: { name, namespace: project, uid: uid(1), creationTimestamp: '2026-01-01T00:00:00Z', generation: 2 },
    spec: { lookupPolicy: { local: false }, tags: [tag('1.0'), tag('latest')] },
    status: {
      dockerImageRepository: `image-registry.example.svc:5000/${project}/${name}`,
      tags: ['1.0', 'latest'].map((version) => ({
        tag: version,
        items: [
          {
            created: '2026-01-01T00:00:00Z',
            dockerImageReference: `registry.example.com/${name}@sha256:${'0'.repeat(64)}`,
            generation: 2,
          },
        ],
      })),
    },
  };
}

/** Writes a dump of a cluster with so many projects, and so many image streams in each, as `oc get -o json` prints it. */
export async function writeCluster(file: string, size: { namespaces: number; streams: number }): Promise<void> {
  const projects = Array.from({ length: size.namespaces }, (_, index) => `project-${String(index).padStart(5, '0')}`);
  const items = [
    namespace('kube-system', 0),
    ...projects.map((name, index) => namespace(name, index + 1)),
    ...projects.flatMap((name) =>
      Array.from({ length: size.streams }, (_, index) => imageStream(name, `app-${index}`)),
    ),
  ];
  await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items }));
}
