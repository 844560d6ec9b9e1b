import { writeFile } from 'node:fs/promises';
import { fileFault, InvalidInput, TerminalError } from '../errors/index.js';
import { clusterFromKubeconfig, kubeClient, type KubeconfigOptions } from '../kube/index.js';
import { keyIDOf, pemOf, publicPemOf, publicKeysIn } from '../ownership/index.js';
import { newPrivateKey, readPrivateKey, readPublicKeys, rotateKey } from '../ownership/store/index.js';

/** Where the keys of a cluster are. */
export interface OwnershipPlace extends KubeconfigOptions {
  readonly namespace: string;
}

/** The ids of the keys in a cluster. */
export interface KeysShown {
  readonly namespace: string;
  /** Of the private key; absent where there is none. */
  readonly signing?: string;
  /** Of the public keys that marks and inventories are checked with. */
  readonly checking: readonly string[];
}

/** The keys of the cluster by their ids. */
export async function showKeys({ namespace, ...kubeconfig }: OwnershipPlace): Promise<KeysShown> {
  const cluster = await clusterFromKubeconfig(kubeconfig);
  try {
    const pem = await readPrivateKey(cluster, namespace);
    const listed = (await readPublicKeys(cluster, namespace)) ?? [];
    const signing = pem === undefined ? undefined : idOf(publicPemOf(pem));
    const checking = [...new Set([...listed.map(keyIDOf), ...(signing === undefined ? [] : [signing])])].sort();
    return { namespace, ...(signing !== undefined && { signing }), checking };
  } finally {
    await cluster.close();
  }
}

/** The public keys of the cluster, in PEM one after the other. */
export async function exportPublicKeys({ namespace, ...kubeconfig }: OwnershipPlace): Promise<string> {
  const cluster = await clusterFromKubeconfig(kubeconfig);
  try {
    const keys = (await readPublicKeys(cluster, namespace)) ?? [];
    if (keys.length > 0) return keys.map(pemOf).join('');
    throw missing('public', namespace);
  } finally {
    await cluster.close();
  }
}

/** Writes the private key of the cluster into a file, for a backup. */
export async function exportPrivateKey({ namespace, ...kubeconfig }: OwnershipPlace, file: string): Promise<string> {
  const cluster = await clusterFromKubeconfig(kubeconfig);
  try {
    const pem = await readPrivateKey(cluster, namespace);
    if (pem !== undefined) return await writeKeyFile(file, pem);
    throw missing('private', namespace);
  } finally {
    await cluster.close();
  }
}

function missing(kind: 'public' | 'private', namespace: string): TerminalError {
  return new TerminalError('OwnershipKeyMissing', `there is no ${kind} key in the namespace ${namespace}`, {
    hint: 'Check the context and --namespace; quayside ownership show says what is there.',
  });
}

/** Makes a private key for the command line; gives its id. */
export async function createKeyFile(file: string): Promise<string> {
  return writeKeyFile(file, newPrivateKey());
}

/** A new private key in PEM. */
export { newPrivateKey } from '../ownership/store/index.js';

/** Puts a new private key in place of the cluster's. */
export async function rotate(
  { namespace, ...kubeconfig }: OwnershipPlace,
  options: { readonly lost: boolean; readonly dryRun: boolean },
): Promise<void> {
  const client = await kubeClient(kubeconfig);
  try {
    await rotateKey({ client, namespace, ...options });
  } finally {
    await client.close();
  }
}

/** One that is there already stays: it may be the only copy of a key. */
async function writeKeyFile(file: string, pem: string): Promise<string> {
  try {
    await writeFile(file, pem, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const hint = 'Name a file that is not there yet: a key is never overwritten.';
    throw new InvalidInput([{ path: '', source: file, message: fileFault(error), hint }]);
  }
  return idOf(publicPemOf(pem));
}

function idOf(publicPem: string): string {
  return publicKeysIn(publicPem).map(keyIDOf).join('');
}
