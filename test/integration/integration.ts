import { type QuayIntegration, parseIntegration } from '../../src/api/index.js';
import { type SecretStore } from '../../src/integration/index.js';

/** An integration named `quay`, with what a test wants to have different. */
export const integration = (spec: object = {}, metadata: object = {}): QuayIntegration =>
  parseIntegration({
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name: 'quay', ...metadata },
    spec: { credentialsSecret: { namespace: 'quay', name: 'token' }, quayHostname: 'quay.example.com', ...spec },
  });

/** A store that holds these, by `namespace/name`. */
export const store = (
  secrets: Record<string, Record<string, string>>,
  configMaps: Record<string, Record<string, string>> = {},
): SecretStore => {
  const find = (from: Record<string, Record<string, string>>) => (namespace: string, name: string) => {
    const found = from[`${namespace}/${name}`];
    return Promise.resolve(found && new Map(Object.entries(found)));
  };
  return { secret: find(secrets), configMap: find(configMaps) };
};
