import { type QuayIntegration, parseIntegration } from '../../src/api/index.js';
import { type SecretStore } from '../../src/integration/index.js';
import { type SecretObject } from '../../src/kube/index.js';

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
  /** What Secrets say of themselves, by the same names. */
  said: Record<string, Partial<Pick<SecretObject, 'labels' | 'annotations' | 'type'>>> = {},
): SecretStore => {
  const dataIn = (from: Record<string, Record<string, string>>, namespace: string, name: string) => {
    const found = from[`${namespace}/${name}`];
    return found && new Map(Object.entries(found));
  };
  return {
    secret: (namespace, name) => {
      const data = dataIn(secrets, namespace, name);
      const metadata = said[`${namespace}/${name}`];
      return Promise.resolve(data && { data, labels: {}, annotations: {}, type: 'Opaque', ...metadata });
    },
    configMap: (namespace, name) => Promise.resolve(dataIn(configMaps, namespace, name)),
  };
};
