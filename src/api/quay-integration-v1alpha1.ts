import * as z from 'zod';
import { quayIntegrationStatus } from './integration/status.js';
import { objectMeta } from './metadata.js';
import { quayIntegrationSpec, type QuayIntegration } from './quay-integration.js';

const secretName = z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'must be <namespace>/<name>');

export const quayIntegrationV1alpha1Spec = z.strictObject({
  clusterID: z.string().default('openshift').meta({ description: 'Prefix of the organizations of this cluster.' }),
  credentialsSecretName: secretName.meta({ description: 'The Secret with the key token, as <namespace>/<name>.' }),
  quayHostname: z.string().min(1).meta({ description: 'Quay, as https://host[:port] or host[:port].' }),
  insecureRegistry: z
    .boolean()
    .default(false)
    .meta({ description: 'Accept any certificate of Quay, or an address that starts with http://.' }),
  whitelistNamespaces: z.array(z.string()).optional().meta({ description: 'Only these namespaces.' }),
  blacklistNamespaces: z.array(z.string()).optional().meta({ description: 'Never these namespaces.' }),
});

export const quayIntegrationV1alpha1 = z.strictObject({
  apiVersion: z.literal('redhatcop.redhat.io/v1alpha1'),
  kind: z.literal('QuayIntegration'),
  metadata: objectMeta,
  spec: quayIntegrationV1alpha1Spec,
  status: quayIntegrationStatus.optional(),
});

/** The predecessor's object: read, converted and reconciled like a v1 object. */
export type QuayIntegrationV1alpha1 = z.infer<typeof quayIntegrationV1alpha1>;

/** The v1 object with the same meaning; name and metadata stay. */
export function convertV1alpha1(old: QuayIntegrationV1alpha1): QuayIntegration {
  const { credentialsSecretName, whitelistNamespaces, blacklistNamespaces, ...same } = old.spec;
  const [namespace = '', name = ''] = credentialsSecretName.split('/');
  return {
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: old.metadata,
    spec: quayIntegrationSpec.parse({
      ...same,
      credentialsSecret: { namespace, name, key: 'token' },
      ...(whitelistNamespaces && { allowlistNamespaces: whitelistNamespaces }),
      ...(blacklistNamespaces && { denylistNamespaces: blacklistNamespaces }),
    }),
    ...(old.status && { status: old.status }),
  };
}
