import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { TerminalError } from '../errors/index.js';

/** What statements are signed and checked with. */
export interface OwnershipKeys {
  /** By key id. Absent: nobody gave one, so that nothing can be checked; only a plan may go on like that. */
  readonly publicKeys?: ReadonlyMap<string, KeyObject>;
  /** Absent: nothing may be signed, so nothing is created, adopted, removed or deleted. */
  readonly signer?: Signer;
}

/** Signs with one private key. */
export interface Signer {
  readonly keyID: string;
  /** The signature of a text, base64url. */
  readonly sign: (text: string) => string;
}

/** The id of a public key: the same for the same key. */
export function keyIDOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

/** Keys for signing and checking: a private key in PEM, and further public keys. */
export function signingKeys(privatePem: string, more: Iterable<KeyObject> = []): OwnershipKeys {
  const privateKey = readKey(privatePem, createPrivateKey, 'private');
  const publicKey = createPublicKey(privateKey);
  const keyID = keyIDOf(publicKey);
  return {
    publicKeys: new Map([...more, publicKey].map((key) => [keyIDOf(key), key])),
    signer: { keyID, sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url') },
  };
}

/** Keys only for checking. */
export function checkingKeys(publicKeys: Iterable<KeyObject>): OwnershipKeys {
  return { publicKeys: new Map([...publicKeys].map((key) => [keyIDOf(key), key])) };
}

/** Every public key of a text that holds some, in PEM one after the other. */
export function publicKeysIn(text: string): readonly KeyObject[] {
  const blocks = text.split('-----END PUBLIC KEY-----').slice(0, -1);
  return blocks.map((block) => {
    const start = block.indexOf('-----BEGIN PUBLIC KEY-----');
    return readKey(`${block.slice(Math.max(start, 0))}-----END PUBLIC KEY-----\n`, createPublicKey, 'public');
  });
}

/** The public half of a private key, in PEM. */
export function publicPemOf(privatePem: string): string {
  return pemOf(createPublicKey(readKey(privatePem, createPrivateKey, 'private')));
}

/** A public key in PEM. */
export function pemOf(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

function readKey(pem: string, create: (pem: string) => KeyObject, kind: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = create(pem);
  } catch {
    // The message of the library may repeat what it was given.
  }
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new TerminalError('OwnershipKeyMissing', `this is no Ed25519 ${kind} key in PEM`, {
    hint: 'Make a key with: quayside ownership create',
  });
}

/** What a signature is worth. `Unchecked`: there is nothing to check with. */
export type SignatureCheck = 'Valid' | 'Invalid' | 'UnknownKey' | 'Unchecked';

/** Checks a signature. */
export function checkSignature(
  { publicKeys }: OwnershipKeys,
  keyID: string,
  text: string,
  value: string,
): SignatureCheck {
  if (publicKeys === undefined) return 'Unchecked';
  const key = publicKeys.get(keyID);
  if (key === undefined) return 'UnknownKey';
  return verify(null, Buffer.from(text), key, Buffer.from(value, 'base64url')) ? 'Valid' : 'Invalid';
}
