import { names } from '../parts/names.js';
import { lookups, openShiftApis, ownApis } from './apis.js';
import { type Grant, rule } from './rule.js';

const integrationGroups = ['quay.redhat.com', 'redhatcop.redhat.io'];

/** The right to every Secret of the cluster: RBAC cannot restrict by label, so which one is read, and for whom, is checked in the process. */
const pullSecrets: Grant = {
  feature: 'pull-secrets',
  rules: [rule('', 'secrets', 'get list watch create patch delete')],
};

/** What the operator may do in the whole cluster, feature by feature. */
export function operatorGrants(): readonly Grant[] {
  return [
    { feature: 'namespaces', rules: [rule('', 'namespaces', 'get list watch')] },
    // Finalizers that the predecessors left behind.
    { feature: 'predecessors', rules: [rule('', 'namespaces', 'patch')] },
    { feature: 'service-accounts', rules: [rule('', 'serviceaccounts', 'get list watch patch')] },
    pullSecrets,
    {
      feature: 'integrations',
      rules: integrationGroups.flatMap((group) => [
        rule(group, 'quayintegrations', 'get list watch patch'),
        rule(group, 'quayintegrations/status', 'patch'),
      ]),
    },
    {
      feature: 'organizations',
      rules: [
        rule('quayside.dev', 'quayorganizations', 'get list watch create patch delete'),
        rule('quayside.dev', 'quayorganizations/status', 'patch'),
      ],
    },
    {
      feature: 'image-streams',
      rules: [rule('image.openshift.io', 'imagestreams', 'get list watch')],
    },
    {
      feature: 'builds',
      rules: [
        rule('build.openshift.io', 'builds', 'get list watch patch'),
        // OpenShift asks whoever changes a Build for the right to its strategy; none can be created without `create builds`.
        rule('build.openshift.io', 'builds/docker builds/source builds/optimizeddocker', 'create'),
        rule('image.openshift.io', 'imagestreamimports', 'create'),
      ],
    },
    { feature: 'events', rules: [rule('events.k8s.io', 'events', 'create patch')] },
    { feature: 'apis', rules: lookups([...ownApis(), ...openShiftApis]) },
    {
      feature: 'webhook-configurations',
      rules: [
        rule('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'get list watch patch delete', [
          names.builtinNamespaces,
        ]),
        rule('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'get list watch patch', [
          names.webhookConfiguration,
        ]),
        // The name of what is created is not known to the one who decides.
        rule('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'create'),
      ],
    },
  ];
}

/** What the operator may do in its own namespace. `secrets` and `configMaps` are names. */
export function operatorNamespaceGrant(secrets: readonly string[], configMaps: readonly string[]): Grant {
  return {
    feature: 'operator',
    rules: [
      rule('coordination.k8s.io', 'leases', 'get update', [names.lease]),
      rule('coordination.k8s.io', 'leases', 'create'),
      // The private key of ownership, made once, and the public ones. Reading Secrets is a right that the operator has anyway.
      rule('', 'secrets', 'get list watch', [names.ownershipSecret]),
      rule('', 'secrets', 'create'),
      rule('', 'configmaps', 'get list watch patch', [names.ownershipKeys]),
      rule('', 'configmaps', 'create'),
      ...readable(secrets, configMaps),
    ],
  };
}

/** The right to read these Secrets and ConfigMaps, one by one. */
export function readable(secrets: readonly string[], configMaps: readonly string[]): Grant['rules'] {
  return [
    ...(secrets.length > 0 ? [rule('', 'secrets', 'get list watch', secrets)] : []),
    ...(configMaps.length > 0 ? [rule('', 'configmaps', 'get list watch', configMaps)] : []),
  ];
}
