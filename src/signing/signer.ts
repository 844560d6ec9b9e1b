import { type Environment } from './environment.js';
import { openpgpSignature } from './openpgp/signature.js';
import { readPrivateKey } from './ssh/private-key.js';
import { sshSignature } from './ssh/signature.js';

/** A private key that commits are signed with. */
export interface SigningKey {
  readonly format: 'ssh' | 'openpgp';
  /** PEM, OpenSSH's format, or armored. */
  readonly key: string;
}

/** The armored signature over a commit. SSH keys are used in this process: `ssh-keygen` refuses a user who is not in /etc/passwd. */
export async function signatureOver(
  payload: Buffer,
  { format, key }: SigningKey,
  environment: Environment,
): Promise<string> {
  return format === 'ssh' ? sshSignature(payload, readPrivateKey(key)) : openpgpSignature(payload, key, environment);
}
