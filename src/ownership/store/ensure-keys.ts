import { ownershipKeysName, ownershipSecretName } from '../../api/index.js';
import { TerminalError } from '../../errors/index.js';
import { type Cluster, type KubeClient } from '../../kube/index.js';
import { checkingKeys, keyIDOf, type OwnershipKeys, publicPemOf, signingKeys } from '../index.js';
import { newPrivateKey } from './new-key.js';
import { readPrivateKey, readPublicKeys } from './read-keys.js';
import { createPrivateKey, listPublicKey } from './write-keys.js';

/** The keys of a cluster; where nothing can be signed, why, and what to do. */
export type ClusterKeys = OwnershipKeys & { readonly problem?: string };

/** Where the keys are kept, and whether one may be made. */
export interface KeyPlace {
  readonly client: Pick<KubeClient, 'call'>;
  readonly cluster: Pick<Cluster, 'secret' | 'configMap'>;
  readonly namespace: string;
  /** Why none may be made: something is signed already, with a key that is gone. */
  readonly refusal: () => string | undefined | Promise<string | undefined>;
}

/** Reads the keys, and makes the private one where nothing was ever signed. What cannot be used is a problem, and no key. */
export async function ensureKeys(place: KeyPlace): Promise<ClusterKeys> {
  try {
    return await readOrMake(place);
  } catch (error) {
    // One that may go better in a moment is none of the keys.
    if (!(error instanceof TerminalError)) throw error;
    const where = `Secret ${place.namespace}/${ownershipSecretName} or ConfigMap ${place.namespace}/${ownershipKeysName}`;
    const problem = [`${where}: ${error.message}`, error.hint].filter(Boolean).join('. ');
    return { ...checkingKeys([]), problem };
  }
}

async function readOrMake(place: KeyPlace): Promise<ClusterKeys> {
  const { client, cluster, namespace, refusal } = place;
  const listed = (await readPublicKeys(cluster, namespace)) ?? [];
  const found = await readPrivateKey(cluster, namespace);
  if (found !== undefined) {
    const keys = signingKeys(found, listed);
    const isListed = listed.some((key) => keyIDOf(key) === keys.signer?.keyID);
    if (!isListed) await listPublicKey(client, namespace, publicPemOf(found));
    return keys;
  }
  const why = listed.length > 0 ? 'public keys are listed, so there was one' : await refusal();
  if (why !== undefined) return { ...checkingKeys(listed), problem: problemOf(namespace, why) };
  await createPrivateKey(client, namespace, newPrivateKey());
  // Also where another one was faster: the API server decides which of them it is.
  return readOrMake({ ...place, refusal: () => 'it was deleted as soon as it was made' });
}

function problemOf(namespace: string, why: string): string {
  return (
    `Secret ${namespace}/${ownershipSecretName} is missing, and ${why}: nothing is created, adopted, removed or deleted. ` +
    'Restore it from your backup. If it is lost for good, make another key with: quayside ownership rotate --lost'
  );
}
