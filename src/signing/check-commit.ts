import { type AllowedKeys } from './allowed-keys.js';
import { splitCommit } from './commit-object.js';
import { type Environment } from './environment.js';
import { openpgpSigner } from './openpgp/signature.js';
import { sshSigner } from './ssh/signature.js';

/** Who signed a commit, or why its signature does not count, as the end of a sentence about the commit. */
export type CheckedCommit = { readonly signer: string } | { readonly fault: string };

/** Holds a commit, as git stores it, against the keys whose signatures count. Its author and its dates prove nothing. */
export async function checkCommit(raw: Buffer, allowed: AllowedKeys, environment: Environment): Promise<CheckedCommit> {
  const { payload, signature } = splitCommit(raw);
  if (signature === undefined) return { fault: 'has no signature, or several' };
  if (signature.startsWith('-----BEGIN SSH SIGNATURE-----')) return checkSsh(payload, signature, allowed);
  if (!signature.startsWith('-----BEGIN PGP ')) return { fault: 'has a signature of a kind that is not supported' };
  const keys = allowed.openpgp;
  const signer = keys.length === 0 ? undefined : await openpgpSigner(payload, signature, { keys, environment });
  return signer === undefined
    ? { fault: 'has no good OpenPGP signature by a key that is allowed, and neither expired nor revoked' }
    : { signer };
}

function checkSsh(payload: Buffer, signature: string, { ssh }: AllowedKeys): CheckedCommit {
  const key = sshSigner(payload, signature);
  if (key === undefined) return { fault: 'has an SSH signature that does not fit its content' };
  return ssh.some(({ blob }) => blob.equals(key.blob))
    ? { signer: key.fingerprint }
    : { fault: `is signed by ${key.fingerprint}, a key that is not allowed` };
}
