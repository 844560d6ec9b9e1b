import { Sealed, type SecretRef } from '../api/index.js';
import { QuaysideError, TerminalError } from '../errors/index.js';
import { type SecretStore, valueAt } from './secret-value.js';

/** Secrets that documents refer to, read before the work begins, so that using them waits for nobody. */
export interface ResolvedSecrets {
  /** Throws what was wrong with this one when it was read. */
  readonly value: (ref: SecretRef) => string;
  /** What was wrong, one error for each that could not be read. */
  readonly problems: readonly QuaysideError[];
}

/** Reads the secrets in the operator's namespace. */
export async function resolveSecrets(
  store: SecretStore,
  namespace: string,
  refs: Iterable<SecretRef>,
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
    problems: [...found.values()].filter((one) => one instanceof QuaysideError),
  };
}

function idOf({ name, key }: SecretRef): string {
  return `${name}/${key}`;
}
