import { ownershipKeysName, ownershipSecretName } from '../../src/api/index.js';

/** The names that the manifests and the programs agree on. */
export const names = {
  operator: 'quayside',
  hooks: 'quayside-hooks',
  webhook: 'quayside-webhook',
  certificates: 'quayside-certificates',
  lease: 'quayside',
  webhookConfiguration: 'quayside',
  /** The second one, which the operator makes and removes by itself. */
  builtinNamespaces: 'quayside-builtin-namespaces',
  authoritySecret: 'quayside-webhook-authority',
  certificateSecret: 'quayside-webhook-certificate',
  ownershipSecret: ownershipSecretName,
  ownershipKeys: ownershipKeysName,
  stateVolume: 'quayside-state',
  webhookName: 'builds.quayside.dev',
} as const;

/** Ports that the containers listen on. */
export const ports = { metrics: 8080, hooks: 8090, webhook: 8443 } as const;
