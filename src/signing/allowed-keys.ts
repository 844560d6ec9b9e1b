import { readPublicKey, type SshPublicKey } from './ssh/public-key.js';

/** The keys whose signatures count. */
export interface AllowedKeys {
  readonly ssh: readonly SshPublicKey[];
  /** Armored. */
  readonly openpgp: readonly string[];
}

const armor = /^-----BEGIN PGP PUBLIC KEY BLOCK-----$/m;

/** Reads public keys, lines of SSH or armored OpenPGP; `faults` are the positions of those that are neither. */
export function readAllowedKeys(keys: readonly string[]): AllowedKeys & { readonly faults: readonly number[] } {
  const ssh: SshPublicKey[] = [];
  const openpgp: string[] = [];
  const faults: number[] = [];
  keys.forEach((text, at) => {
    const key = readPublicKey(text);
    if (key !== undefined) ssh.push(key);
    else if (armor.test(text)) openpgp.push(text);
    else faults.push(at);
  });
  return { ssh, openpgp, faults };
}
