/** A QuayOrganization that states as little as it may. */
export const smallOrganization = {
  apiVersion: 'quayside.dev/v1alpha1',
  kind: 'QuayOrganization',
  spec: { integration: 'quay', name: 'small' },
};

const robot = { kind: 'robot', name: 'ci', role: 'write' };
const grantee = { kind: 'team', name: 'developers', role: 'read' };
const pruned = { olderThan: '30d', tagPattern: 'pr-.*' };

/** A QuayOrganization that uses every feature, and leaves out what has a default. */
export const largeOrganization = {
  ...smallOrganization,
  spec: {
    integration: 'quay',
    namespace: 'shop',
    name: 'openshift_shop',
    deletionPolicy: 'Delete',
    email: 'shop@example.test',
    tagExpiration: '2w',
    robots: [
      { name: 'builder', role: 'write', pullSecret: { name: 'builder-quay-openshift', serviceAccount: 'builder' } },
      { name: 'ci', description: 'Pushes from the pipeline.' },
    ],
    teams: [
      { name: 'developers', members: ['ann', '+ci'] },
      { name: 'owners', role: 'admin', sync: { groupName: 'shop-owners' } },
    ],
    defaultPermissions: [grantee, { ...robot, creator: '+builder' }],
    quota: { size: '10Gi', limits: [{ type: 'Warning', percent: 80 }] },
    autoPrune: [{ numberOfTags: 20 }, pruned],
    immutability: [{ tagPattern: 'v.*' }],
    proxyCache: {
      upstreamRegistry: 'registry.example.test/library',
      username: 'reader',
      passwordSecretRef: { name: 'upstream', key: 'password' },
    },
    repositories: [
      {
        name: 'web',
        source: 'ImageStream',
        visibility: 'public',
        description: 'The shop.',
        permissions: [grantee, robot],
      },
      { name: 'base/node', autoPrune: [pruned], immutability: [{ tagPattern: '20.*', tagPatternMatches: false }] },
      {
        name: 'nginx',
        mirror: {
          externalReference: 'registry.example.test/nginx',
          tags: ['1.*'],
          robot: 'ci',
          architectures: ['amd64'],
        },
      },
      {
        name: 'scanned',
        notifications: [
          {
            title: 'chat',
            event: 'vulnerability_found',
            vulnerabilityLevel: 'High',
            method: 'slack',
            urlSecretRef: { name: 'chat', key: 'url' },
          },
          { title: 'bell', event: 'repo_push', method: 'quay_notification', target: { kind: 'team', name: 'owners' } },
        ],
      },
    ],
  },
};

/** A QuayIntegration as the Quay Bridge Operator's own documentation has it. */
export const smallIntegration = {
  apiVersion: 'quay.redhat.com/v1',
  kind: 'QuayIntegration',
  spec: {
    clusterID: 'openshift',
    credentialsSecret: { namespace: 'openshift-operators', name: 'quay-integration' },
    quayHostname: 'https://quay.example.test',
  },
};

/** A QuayIntegration with a state repository and a private authority. */
export const largeIntegration = {
  ...smallIntegration,
  spec: {
    ...smallIntegration.spec,
    denylistNamespaces: ['legacy'],
    namespaceSelector: { matchExpressions: [{ key: 'quay', operator: 'Exists' }] },
    imageStreamSelector: { matchLabels: { quay: 'yes' } },
    serviceAccounts: [{ name: 'pipeline', role: 'write' }],
    certificateAuthority: { configMap: { namespace: 'openshift-config', name: 'quay-ca' } },
    git: {
      url: 'https://git.example.test/state.git',
      review: 'Destructive',
      author: { name: 'Registry' },
      signing: { secretRef: { name: 'signing' } },
    },
  },
};

/** The predecessor's object. */
export const oldIntegration = {
  apiVersion: 'redhatcop.redhat.io/v1alpha1',
  kind: 'QuayIntegration',
  spec: {
    clusterID: 'openshift',
    credentialsSecretName: 'openshift-operators/quay-integration',
    quayHostname: 'https://quay.example.test',
    whitelistNamespaces: ['shop'],
  },
};
