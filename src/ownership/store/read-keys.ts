import { type KeyObject } from 'node:crypto';
import { ownershipKeysName, ownershipSecretKey, ownershipSecretName } from '../../api/index.js';
import { type Cluster } from '../../kube/index.js';
import { publicKeysIn } from '../index.js';

/** The private key in the cluster's Secret, in PEM; undefined where there is none. */
export async function readPrivateKey(cluster: Pick<Cluster, 'secret'>, namespace: string): Promise<string | undefined> {
  const secret = await cluster.secret(namespace, ownershipSecretName);
  const pem = secret?.data.get(ownershipSecretKey);
  return pem === '' ? undefined : pem;
}

/** The public keys in the cluster's ConfigMap; undefined where there is none. */
export async function readPublicKeys(
  cluster: Pick<Cluster, 'configMap'>,
  namespace: string,
): Promise<readonly KeyObject[] | undefined> {
  const found = await cluster.configMap(namespace, ownershipKeysName);
  return found && [...found.values()].flatMap(publicKeysIn);
}
