import { certificateDefaults } from '../../src/certs/index.js';
import { type KubeClient, recordOf, resourceTypes } from '../../src/kube/index.js';
import { type Bridge } from '../operator/harness.js';
import { home } from '../operator/cluster.js';
import { pullSecretName } from '../operator/pull-secrets.js';
import { undo, type Undoing } from './undoing.js';

const { quayOrganization, secret, serviceAccount } = resourceTypes;

/** What the projects of a bridge are undone by, each by another controller. */
export function fightsIn(bridge: Bridge, somebody: KubeClient): readonly Undoing[] {
  const mine = [{ name: 'mine' }];
  const objectNamed = (name: string) => ({ name: `${bridge.id}.${bridge.namespace(name)}` });
  const builder = pullSecretName(bridge, 'builder');
  return [
    undo(somebody, {
      type: serviceAccount,
      named: { namespace: bridge.namespace('account'), name: 'builder' },
      manager: 'policy-controller',
      change: (object) =>
        JSON.stringify(object.imagePullSecrets).includes(builder)
          ? { imagePullSecrets: mine, secrets: mine }
          : undefined,
    }),
    undo(somebody, {
      type: secret,
      named: { namespace: bridge.namespace('secret'), name: builder },
      manager: 'janitor',
      change: () => 'Delete',
    }),
    undo(somebody, {
      type: secret,
      named: { namespace: home, name: certificateDefaults.certificateSecret },
      manager: 'janitor',
      change: () => 'Delete',
    }),
    undo(somebody, {
      type: quayOrganization,
      named: objectNamed('object'),
      manager: 'other-gitops',
      change: ({ spec }) => {
        const repositoryDeletionPolicy = 'Delete';
        const isTheirs = recordOf(spec).repositoryDeletionPolicy === repositoryDeletionPolicy;
        return isTheirs ? undefined : { spec: { repositoryDeletionPolicy } };
      },
    }),
    undo(somebody, {
      type: quayOrganization,
      named: objectNamed('finalizer'),
      manager: 'cleaner',
      change: ({ metadata }) =>
        recordOf(metadata).finalizers === undefined ? undefined : { metadata: { finalizers: null } },
    }),
  ];
}
