/** The host of the Quay that the integrations here speak of. */
export const host = 'quay.example.test:8443';

const condition = {
  type: 'Ready',
  status: 'True',
  reason: 'Succeeded',
  message: '',
  lastTransitionTime: '2026-01-01T00:00:00Z',
};

/** The status of an integration that is in order. */
export const readyStatus = { observedGeneration: 1, conditions: [condition] };

/** The status of an integration that is not, with a condition for each type. */
export function faultyStatus(reason: string, message: string, ...alsoTrue: readonly string[]): object {
  const fault = { ...condition, reason, message };
  const others = alsoTrue.map((type) => ({ ...fault, type }));
  return { observedGeneration: 1, conditions: [{ ...fault, status: 'False' }, ...others] };
}

/** An integration of a Quay that nobody will ask. */
export function integration(name: string, spec: object = {}): object {
  return {
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name },
    spec: {
      clusterID: 'openshift',
      quayHostname: `https://${host}`,
      credentialsSecret: { namespace: 'quayside', name: 'quay-token' },
      ...spec,
    },
  };
}

const accounts = { builder: 'write', default: 'read', deployer: 'read' };

/** The organization of a namespace, as it is rendered. */
export function organization(namespace: string, of: string): object {
  return {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: `openshift.${namespace}` },
    spec: {
      integration: of,
      namespace,
      name: `openshift_${namespace}`,
      robots: Object.entries(accounts).map(([name, role]) => ({
        name,
        role,
        pullSecret: { name: `${name}-quay-openshift`, serviceAccount: name },
      })),
    },
  };
}

/** Its status when all is there. */
export const organizationStatus = {
  observedGeneration: 1,
  conditions: [condition],
  registry: host,
  origin: 'created',
  robots: Object.keys(accounts).map((name) => ({
    name,
    serviceAccount: name,
    secret: `${name}-quay-openshift`,
    ready: true,
    linked: true,
  })),
};
