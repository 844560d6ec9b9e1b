import { uidOf } from './identity.js';

const secretName = 'quay-integration';
const secretNamespace = 'openshift-operators';

/** The integration that an administrator of the made-up cluster would write for a Quay at this address. */
export function demoIntegration(quayHostname: string, spec: Readonly<Record<string, unknown>> = {}): object {
  return {
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { creationTimestamp: '2026-03-02T09:00:00Z', name: 'quay', uid: uidOf('QuayIntegration', 'quay') },
    spec: {
      clusterID: 'openshift',
      credentialsSecret: { namespace: secretNamespace, name: secretName },
      quayHostname,
      ...(quayHostname.startsWith('http://') && { insecureRegistry: true }),
      ...spec,
    },
  };
}

/** The Secret that the integration names, with this token. */
export function demoCredentials(token: string): object {
  return {
    apiVersion: 'v1',
    data: { token: Buffer.from(token).toString('base64') },
    kind: 'Secret',
    metadata: { name: secretName, namespace: secretNamespace, uid: uidOf('Secret', secretNamespace, secretName) },
    type: 'Opaque',
  };
}
