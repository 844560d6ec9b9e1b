import { managedByLabel, managedByValue, ownershipSecretName } from '../api/index.js';
import { type Fields, objectOrEmpty, textOf } from '../json/index.js';
import { type SecretObject } from '../kube/index.js';

/** `<namespace>/<name>` of Secrets → the integration that names them. */
export type IntegrationSecrets = ReadonlyMap<string, string>;

/**
 * Every Secret that an integration names, whatever for. The objects are taken as they are: one that breaks the schema names
 * its token all the same.
 */
export function integrationSecrets(integrations: Iterable<object>, operatorNamespace: string): IntegrationSecrets {
  const found = new Map<string, string>();
  for (const integration of integrations) {
    const { metadata, spec } = integration as Fields;
    const name = textOf(objectOrEmpty(metadata).name) ?? '';
    for (const secret of secretsIn(spec, operatorNamespace)) found.set(secret, name);
  }
  return found;
}

/** Fields that hold the name of a Secret are called `secret`, `credentialsSecret`, `secretRef`, `credentialsSecretName`. */
function* secretsIn(value: unknown, operatorNamespace: string): Iterable<string> {
  for (const [field, inner] of Object.entries(objectOrEmpty(value))) {
    if (/secretName$/i.test(field) && typeof inner === 'string') {
      yield inner.includes('/') ? inner : `${operatorNamespace}/${inner}`;
    } else if (/secret(Ref)?$/i.test(field)) {
      const { namespace, name } = objectOrEmpty(inner);
      if (typeof name === 'string') yield `${textOf(namespace) ?? operatorNamespace}/${name}`;
    }
    for (const one of Array.isArray(inner) ? (inner as unknown[]) : [inner]) yield* secretsIn(one, operatorNamespace);
  }
}

/** Keys of the cluster and of its services, whoever made them: the webhook's among them. */
const keyTypes: ReadonlySet<string> = new Set([
  'kubernetes.io/tls',
  'kubernetes.io/service-account-token',
  'kubernetes.io/dockercfg',
  'bootstrap.kubernetes.io/token',
]);

/** What a Secret holds that no document may have, in words; undefined when it is none of Quayside's, and no key of the cluster. */
export function keptFor(name: string, { labels, type }: Pick<SecretObject, 'labels' | 'type'>): string | undefined {
  if (labels[managedByLabel] === managedByValue || name === ownershipSecretName) return "is one of Quayside's own";
  return keyTypes.has(type) ? `is of the type ${type}` : undefined;
}
