import { readAddress } from '../git/index.js';
import { type CredentialsRule, type CredentialUse } from '../integration/index.js';
import { type Fields, objectOrEmpty, textOf } from '../json/index.js';
import { type Cluster } from '../kube/index.js';
import { endpointOf, quayAddress } from '../names/index.js';
import { isRemote } from './git-place.js';

/** Where the documentation of the predecessor puts its Secret. */
const predecessorsNamespace = 'openshift-operators';

/** Where tokens are taken from, and the namespace that Git's credentials are in. */
export interface CredentialsPlaces {
  readonly namespace: string;
  /** Default: the operator's, and the one that the predecessor's documentation names. */
  readonly credentialsNamespaces?: readonly string[] | undefined;
}

/** The rule for the Secrets of a cluster; `objects` are its integrations as they are. */
export function credentialsRule(places: CredentialsPlaces, objects: readonly Fields[]): CredentialsRule {
  const { namespace, credentialsNamespaces: namespaces = [...new Set([namespace, predecessorsNamespace])] } = places;
  return { namespace, namespaces, uses: objects.flatMap((object) => usesOf(object, namespace)) };
}

/** The same for a cluster that is not watched. */
export async function credentialsRuleOf(cluster: Cluster, places: CredentialsPlaces): Promise<CredentialsRule> {
  return credentialsRule(places, await cluster.integrationObjects());
}

/** What one of either version names: one that does not fit the schema, or that another one supersedes, has named it all the same. */
function usesOf({ metadata, spec }: Fields, operatorNamespace: string): readonly CredentialUse[] {
  const { name, creationTimestamp } = objectOrEmpty(metadata);
  const { credentialsSecret, credentialsSecretName, quayHostname, git } = objectOrEmpty(spec);
  const { url, secretRef, signing, forge } = objectOrEmpty(git);
  const [namespace, secret] = textOf(credentialsSecretName)?.split('/') ?? [];
  const token = { namespace, name: secret, ...objectOrEmpty(credentialsSecret) };
  const use = (purpose: CredentialUse['purpose'], ref: Fields, to: CredentialUse['to']): readonly CredentialUse[] => {
    const [within, named] = [textOf(ref.namespace), textOf(ref.name)];
    if (within === undefined || named === undefined) return [];
    const created = textOf(creationTimestamp) ?? '9999';
    return [{ integration: textOf(name) ?? '', created, purpose, namespace: within, name: named, to }];
  };
  const own = (ref: unknown): Fields => ({ ...objectOrEmpty(ref), namespace: operatorNamespace });
  return [
    ...use(
      'Quay',
      token,
      orUnreadable(() => endpointOf(quayAddress(textOf(quayHostname) ?? '').url)),
    ),
    ...use('Git', own(secretRef), gitDestination(textOf(url))),
    ...use('Git', own(objectOrEmpty(signing).secretRef), 'Nowhere'),
    ...use('Git', own(objectOrEmpty(forge).secretRef), 'Nowhere'),
  ];
}

function gitDestination(url: string | undefined): CredentialUse['to'] {
  if (!isRemote(url)) return 'Nowhere';
  return orUnreadable(() => {
    const { origin } = readAddress(url);
    return origin === undefined ? 'Nowhere' : endpointOf(origin);
  });
}

function orUnreadable(read: () => CredentialUse['to'] | undefined): CredentialUse['to'] {
  try {
    return read() ?? 'Unreadable';
  } catch {
    return 'Unreadable';
  }
}
