import { randomBytes, scryptSync } from 'node:crypto';
import type { QuayOrganizationSpec } from '../api/index.js';
import { QuaysideError } from '../errors/index.js';
import { type Inventory, type NamedSecret, secretRefsOf } from '../plan/index.js';
import type { DocumentSecrets } from './input.js';

/** What is known of the secrets of a document, by thing. */
export interface SecretFacts {
  /** Salted: the recorded one where the secret is still the same. */
  readonly secretHashes: Readonly<Record<string, string>>;
  /** Why the thing may not have the Secret that it names. */
  readonly refusedSecrets: ReadonlyMap<string, string>;
}

/** Reads the secrets of a document, as far as it may have them. */
export function secretFacts(
  spec: QuayOrganizationSpec,
  inventory: Inventory | undefined,
  secrets: DocumentSecrets,
): SecretFacts {
  const hashes: Record<string, string> = {};
  const refused = new Map<string, string>();
  for (const [managedItem, named] of secretRefsOf(spec)) {
    const read = readFor(spec.name, named, secrets);
    if (read.refusal !== undefined) refused.set(managedItem, read.refusal);
    const hash = hashOf(read.value, inventory?.secretHashes?.[managedItem]);
    if (hash !== undefined) hashes[managedItem] = hash;
  }
  return { secretHashes: hashes, refusedSecrets: refused };
}

/** A secret that cannot be read counts as the one written last: forgotten, it would look like another one when it is back. */
function hashOf(value: string | undefined, recorded: string | undefined): string | undefined {
  if (value === undefined) return recorded;
  return recorded !== undefined && recorded === hashWith(saltOf(recorded), value) ? recorded : newHash(value);
}

/** Nothing for a secret that is missing or cannot be read: the change that needs it says so. */
function readFor(
  organization: string,
  { ref, use }: NamedSecret,
  secrets: DocumentSecrets,
): { readonly value?: string; readonly refusal?: string } {
  try {
    return { value: secrets(ref, { organization, use }) };
  } catch (error) {
    if (!(error instanceof QuaysideError)) throw error;
    if (error.code !== 'SecretNotAllowed') return {};
    return { refusal: [error.message, error.hint].filter(Boolean).join('. ') };
  }
}

const newHash = (value: string): string => hashWith(randomBytes(16).toString('base64url'), value);
const saltOf = (hash: string): string => hash.split('.', 1)[0] ?? '';

/** Slow on purpose: a status is read by many, and a password may be short. */
function hashWith(salt: string, value: string): string {
  return `${salt}.${scryptSync(value, salt, 32, { N: 4096 }).toString('base64url')}`;
}
