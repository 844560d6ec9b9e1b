import { generateKeyPairSync } from 'node:crypto';

/** A new private key: Ed25519, PKCS #8 in PEM. */
export function newPrivateKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
