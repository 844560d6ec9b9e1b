import { suffix, uidOf } from './identity.js';
import { type Project } from './projects.js';

/** The three service accounts that OpenShift puts into every namespace; a fresh one has none yet. */
export function serviceAccounts({ name: namespace, requester, fresh }: Project, index: number): readonly object[] {
  if (fresh === true) return [];
  return ['builder', 'default', 'deployer'].map((name, position) => {
    const pullSecret = `${name}-dockercfg-${suffix(namespace, name)}`;
    return {
      apiVersion: 'v1',
      imagePullSecrets: [{ name: pullSecret }],
      kind: 'ServiceAccount',
      metadata: {
        annotations: { 'openshift.io/internal-registry-pull-secret-ref': pullSecret },
        creationTimestamp: requester === undefined ? '2026-03-02T08:17:02Z' : '2026-09-21T12:40:08Z',
        name,
        namespace,
        resourceVersion: String(24_000 + 37 * index + position),
        uid: uidOf('ServiceAccount', namespace, name),
      },
      secrets: [{ name: pullSecret }],
    };
  });
}
