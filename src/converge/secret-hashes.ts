import { randomBytes, scryptSync } from 'node:crypto';
import type { QuayOrganizationSpec, SecretRef } from '../api/index.js';
import { QuaysideError } from '../errors/index.js';
import { secretRefsOf, type Inventory } from '../plan/index.js';

/** Salted hashes of the secrets of a document, by thing: the recorded one where the secret is still the same. */
export function secretHashes(
  spec: QuayOrganizationSpec,
  inventory: Inventory | undefined,
  secrets: (ref: SecretRef) => string,
): Readonly<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const [thing, ref] of secretRefsOf(spec)) {
    const hash = hashOf(read(ref, secrets), inventory?.secretHashes?.[thing]);
    if (hash !== undefined) hashes[thing] = hash;
  }
  return hashes;
}

/** A secret that cannot be read counts as the one written last: forgotten, it would look like another one when it is back. */
function hashOf(value: string | undefined, recorded: string | undefined): string | undefined {
  if (value === undefined) return recorded;
  return recorded !== undefined && recorded === hashWith(saltOf(recorded), value) ? recorded : newHash(value);
}

/** Nothing for a secret that is missing or cannot be read: the change that needs it says so. */
function read(ref: SecretRef, secrets: (ref: SecretRef) => string): string | undefined {
  try {
    return secrets(ref);
  } catch (error) {
    if (error instanceof QuaysideError) return undefined;
    throw error;
  }
}

const newHash = (value: string): string => hashWith(randomBytes(16).toString('base64url'), value);
const saltOf = (hash: string): string => hash.split('.', 1)[0] ?? '';

/** Slow on purpose: a status is read by many, and a password may be short. */
function hashWith(salt: string, value: string): string {
  return `${salt}.${scryptSync(value, salt, 32, { N: 4096 }).toString('base64url')}`;
}
