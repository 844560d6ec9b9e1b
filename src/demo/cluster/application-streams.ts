import { imageDigest, uidOf } from './identity.js';
import { type Project } from './projects.js';

const internalRegistry = 'image-registry.openshift-image-registry.svc:5000';

/** The image streams that the builds of a project write to; the newest image of each was built last. */
export function applicationStreams({ name: namespace, applications = [] }: Project, index: number): readonly object[] {
  return applications.map((name, position) => ({
    apiVersion: 'image.openshift.io/v1',
    kind: 'ImageStream',
    metadata: {
      annotations: { 'openshift.io/generated-by': 'OpenShiftNewApp' },
      creationTimestamp: '2026-09-21T13:02:44Z',
      generation: 1,
      labels: { app: name, 'app.kubernetes.io/component': name, 'app.kubernetes.io/instance': name },
      name,
      namespace,
      resourceVersion: String(52_000 + 101 * index + position),
      uid: uidOf('ImageStream', namespace, name),
    },
    spec: { lookupPolicy: { local: false } },
    status: {
      dockerImageRepository: `${internalRegistry}/${namespace}/${name}`,
      tags: [{ items: [3, 2, 1].map((build) => builtImage(namespace, name, build)), tag: 'latest' }],
    },
  }));
}

function builtImage(namespace: string, name: string, build: number): object {
  const image = imageDigest(namespace, name, String(build));
  return {
    created: `2026-10-${String(3 + 7 * build).padStart(2, '0')}T09:20:15Z`,
    dockerImageReference: `${internalRegistry}/${namespace}/${name}@${image}`,
    generation: 1,
    image,
  };
}
