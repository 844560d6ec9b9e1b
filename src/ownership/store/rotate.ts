import { objectOrEmpty, textOf } from '../../json/index.js';
import { type KubeClient, readObject, resourceTypes, secretData } from '../../kube/index.js';
import { ownershipSecretKey, ownershipSecretName } from '../../api/index.js';
import { TerminalError } from '../../errors/index.js';
import { publicPemOf } from '../index.js';
import { newPrivateKey } from './new-key.js';
import { createPrivateKey, listPublicKey, replacePrivateKey } from './write-keys.js';

/** What a rotation takes. */
export interface Rotation {
  readonly client: Pick<KubeClient, 'call'>;
  readonly namespace: string;
  /** The private key is lost for good: make another one although there was one. */
  readonly lost: boolean;
  readonly dryRun: boolean;
}

/** Puts a new private key in place; what the one before signed stays valid, as its public half stays listed. */
export async function rotateKey({ client, namespace, lost, dryRun }: Rotation): Promise<void> {
  const found = await readObject(client, resourceTypes.secret, { namespace, name: ownershipSecretName });
  if (found === undefined && !lost) throw missing(namespace);
  if (dryRun) return;
  const pem = newPrivateKey();
  const before = found && secretData(found).get(ownershipSecretKey);
  const known = publicHalf(before, lost);
  if (known !== undefined) await listPublicKey(client, namespace, known);
  // Listed before anything is signed with it: whoever only checks must not be behind.
  await listPublicKey(client, namespace, publicPemOf(pem));
  if (found !== undefined) {
    const resourceVersion = textOf(objectOrEmpty(found.metadata).resourceVersion) ?? '';
    return replacePrivateKey(client, namespace, { pem, resourceVersion });
  }
  if ((await createPrivateKey(client, namespace, pem)) === 'Exists') {
    throw new TerminalError('Conflict', `Secret ${namespace}/${ownershipSecretName} was made meanwhile`, {
      hint: 'Run it again, without --lost.',
    });
  }
}

/** Of the key that is replaced: what it signed stays valid. Of one that cannot be read there is none, where a person said that it is lost. */
function publicHalf(before: string | undefined, lost: boolean): string | undefined {
  if (before === undefined || before === '') return undefined;
  try {
    return publicPemOf(before);
  } catch (error) {
    if (lost) return undefined;
    throw error;
  }
}

function missing(namespace: string): TerminalError {
  return new TerminalError('OwnershipKeyMissing', `there is no Secret ${namespace}/${ownershipSecretName}`, {
    hint: 'Restore it from your backup. If it is lost for good, run it with --lost.',
  });
}
