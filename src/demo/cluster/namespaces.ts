import { uidOf } from './identity.js';
import { type Project } from './projects.js';

const installed = '2026-03-02T08:14:31Z';
const requested = '2026-09-21T12:40:07Z';
const deleted = '2026-10-30T16:02:55Z';

/** A project as `oc get namespace -o yaml` prints it; `index` spreads the ranges that OpenShift hands out. */
export function namespaceObject(project: Project, index: number): object {
  const { name, requester, labels, leaving } = project;
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      annotations: annotations(project, index),
      creationTimestamp: requester === undefined ? installed : requested,
      ...(leaving === true && { deletionTimestamp: deleted }),
      labels: {
        'kubernetes.io/metadata.name': name,
        ...(requester !== undefined && {
          'pod-security.kubernetes.io/warn': 'restricted',
          'pod-security.kubernetes.io/warn-version': 'latest',
        }),
        ...labels,
      },
      name,
      resourceVersion: String(20_000 + 37 * index),
      uid: uidOf('Namespace', name),
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: leaving === true ? 'Terminating' : 'Active' },
  };
}

function annotations({ requester, displayName, description, fresh }: Project, index: number): Record<string, string> {
  const categories = `s0:c${27 + index},c${4 + index}`;
  const range = `${1_000_650_000 + 10_000 * index}/10000`;
  return {
    ...(requester !== undefined && {
      'openshift.io/description': description ?? '',
      'openshift.io/display-name': displayName ?? '',
      'openshift.io/requester': requester,
    }),
    ...(fresh !== true && {
      'openshift.io/sa.scc.mcs': categories,
      'openshift.io/sa.scc.supplemental-groups': range,
      'openshift.io/sa.scc.uid-range': range,
    }),
  };
}
