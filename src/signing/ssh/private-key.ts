import { createPrivateKey, type KeyObject } from 'node:crypto';
import sshpk from 'sshpk';
import { TerminalError } from '../../errors/index.js';
import { keyText } from '../../files/secret-files.js';
import { publicKeyOf, type SshPublicKey } from './public-key.js';

/** A pair of keys to sign with. */
export interface SshKeyPair {
  readonly private: KeyObject;
  readonly public: SshPublicKey;
}

/** Reads a private key in OpenSSH's format or PEM, without a passphrase. */
export function readPrivateKey(text: string): SshKeyPair {
  // Windows line breaks, or none at the end, are what copying leaves behind.
  const parsed = parse(keyText(text));
  const publicKey = publicKeyOf(parsed.toPublic().toBuffer('rfc4253'));
  if (publicKey === undefined) throw invalid('keys of its type do not sign commits');
  return { private: createPrivateKey(parsed.toString('pkcs8')), public: publicKey };
}

function parse(text: string): ReturnType<typeof sshpk.parsePrivateKey> {
  try {
    return sshpk.parsePrivateKey(text, 'auto');
  } catch (error) {
    // What the library says may quote the key.
    throw invalid(
      error instanceof Error && error.name === 'KeyEncryptedError' ? 'it has a passphrase' : 'it cannot be read',
    );
  }
}

function invalid(why: string): TerminalError {
  return new TerminalError('GitCredentialsInvalid', `the SSH key to sign commits with is not usable: ${why}`, {
    hint: 'Put a private key of type ed25519, ecdsa or rsa, in PEM or OpenSSH format and without a passphrase, into the Secret.',
  });
}
