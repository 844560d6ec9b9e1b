import { certificateDefaults } from '../../src/certs/index.js';
import { objectOrEmpty } from '../../src/json/index.js';
import { type KubeClient, resourceTypes } from '../../src/kube/index.js';
import { type Harness } from '../fixtures/operator/harness.js';
import { home } from '../fixtures/operator/cluster.js';
import { pullSecretName } from '../fixtures/operator/pull-secrets.js';
import { undo, type Undoing } from './undoing.js';

const { quayOrganization, secret, serviceAccount } = resourceTypes;

/** What the projects of a bridge are undone by, each by another controller. */
export function fightsIn(harness: Harness, somebody: KubeClient): readonly Undoing[] {
  const mine = [{ name: 'mine' }];
  const objectNamed = (name: string) => ({ name: `${harness.id}.${harness.namespace(name)}` });
  const builder = pullSecretName(harness, 'builder');
  return [
    undo(somebody, {
      type: serviceAccount,
      named: { namespace: harness.namespace('account'), name: 'builder' },
      manager: 'policy-controller',
      change: (object) =>
        JSON.stringify(object.imagePullSecrets).includes(builder)
          ? { imagePullSecrets: mine, secrets: mine }
          : undefined,
    }),
    undo(somebody, {
      type: secret,
      named: { namespace: harness.namespace('secret'), name: builder },
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
        const isTheirs = objectOrEmpty(spec).repositoryDeletionPolicy === repositoryDeletionPolicy;
        return isTheirs ? undefined : { spec: { repositoryDeletionPolicy } };
      },
    }),
    undo(somebody, {
      type: quayOrganization,
      named: objectNamed('finalizer'),
      manager: 'cleaner',
      change: ({ metadata }) =>
        objectOrEmpty(metadata).finalizers === undefined ? undefined : { metadata: { finalizers: null } },
    }),
  ];
}
