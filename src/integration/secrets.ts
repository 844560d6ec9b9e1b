import { createHmac } from 'node:crypto';
import { type SecretRef } from '../api/index.js';
import { QuaysideError, TerminalError } from '../errors/index.js';
import { Sealed } from '../kube/index.js';
import { type SecretStore, valueAt } from './secret-value.js';

/** Secrets that documents refer to, read before the work begins, so that using them waits for nobody. */
export interface ResolvedSecrets {
  /** Throws what was wrong with this one when it was read. */
  readonly value: (ref: SecretRef) => string;
  /** Tells one value from another and nothing else: it may stand in a status. `undefined` when it could not be read. */
  readonly hash: (ref: SecretRef) => string | undefined;
  /** What was wrong, one error for each that could not be read. */
  readonly problems: readonly QuaysideError[];
}

/** Reads the secrets in the operator's namespace; the salt, one per object, keeps equal secrets from having equal hashes. */
export async function resolveSecrets(
  store: SecretStore,
  namespace: string,
  refs: Iterable<SecretRef>,
  salt: string,
): Promise<ResolvedSecrets> {
  const found = new Map<string, Sealed | QuaysideError>();
  for (const { name, key } of refs) {
    const id = idOf({ name, key });
    if (found.has(id)) continue;
    try {
      found.set(id, new Sealed(await valueAt(store, 'Secret', { namespace, name, key })));
    } catch (error) {
      if (!(error instanceof QuaysideError)) throw error;
      found.set(id, error);
    }
  }
  return {
    value(ref) {
      const one = found.get(idOf(ref));
      if (one instanceof Sealed) return one.reveal();
      throw one ?? new TerminalError('CredentialsMissing', `Secret ${namespace}/${ref.name} was not asked for`);
    },
    hash(ref) {
      const one = found.get(idOf(ref));
      return one instanceof Sealed ? saltedHash(one, salt) : undefined;
    },
    problems: [...found.values()].filter((one) => one instanceof QuaysideError),
  };
}

function saltedHash(secret: Sealed, salt: string): string {
  return createHmac('sha256', salt).update(secret.reveal()).digest('hex').slice(0, 32);
}

function idOf({ name, key }: SecretRef): string {
  return `${name}/${key}`;
}
