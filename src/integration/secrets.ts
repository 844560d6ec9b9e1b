import { type QuayOrganization, Sealed, type SecretRef } from '../api/index.js';
import { QuaysideError, TerminalError } from '../errors/index.js';
import { type SecretObject } from '../kube/index.js';
import { isKubernetesName } from '../names/index.js';
import { secretRefsOf, type SecretUse } from '../plan/index.js';
import { secretRefusal } from './document-secret.js';
import { type IntegrationSecrets } from './own-secrets.js';
import { type SecretStore, valueIn } from './secret-value.js';

/** A Secret that a document names and cannot have. */
export interface SecretProblem {
  readonly organization: string;
  /** What would use it: `mirror/ubi9`. */
  readonly managedItem: string;
  readonly error: QuaysideError;
}

interface User {
  readonly organization: string;
  readonly use: SecretUse;
}

/** Secrets that documents refer to, read before the work begins, so that using them waits for nobody. */
export interface ResolvedSecrets {
  /** Throws what was wrong with this one when it was read: it is missing, or not for this organization and use. */
  readonly value: (ref: SecretRef, user: User) => string;
  readonly problems: readonly SecretProblem[];
}

interface Whence {
  readonly store: SecretStore;
  /** The operator's. */
  readonly namespace: string;
  readonly integrations: IntegrationSecrets;
}

/** Reads the secrets in the operator's namespace, each once; only what a Secret allows is kept of its values. */
export async function resolveSecrets(
  whence: Whence,
  documents: Iterable<Pick<QuayOrganization, 'spec'>>,
): Promise<ResolvedSecrets> {
  const found = new Map<string, Sealed | QuaysideError>();
  const problems: SecretProblem[] = [];
  const secrets = reader(whence);
  for (const { spec } of documents) {
    for (const [managedItem, { ref, use }] of secretRefsOf(spec)) {
      const user = { organization: spec.name, use };
      const id = idOf(ref, user);
      const one = found.get(id) ?? (await allowed(whence, secrets, ref, user));
      found.set(id, one);
      if (one instanceof QuaysideError) problems.push({ organization: spec.name, managedItem, error: one });
    }
  }
  return {
    value(ref, user) {
      const one = found.get(idOf(ref, user));
      if (one instanceof Sealed) return one.reveal();
      const what = `Secret ${whence.namespace}/${ref.name}`;
      throw one ?? new TerminalError('CredentialsMissing', `${what} was not asked for`);
    },
    problems,
  };
}

type Read = (name: string) => Promise<SecretObject | undefined>;

function reader({ store, namespace }: Whence): Read {
  const asked = new Map<string, ReturnType<Read>>();
  return (name) => {
    const answer = asked.get(name) ?? store.secret(namespace, name);
    asked.set(name, answer);
    return answer;
  };
}

async function allowed(
  { namespace, integrations }: Whence,
  read: Read,
  { name, key }: SecretRef,
  user: User,
): Promise<Sealed | QuaysideError> {
  try {
    // It stands in the path of a call, and in a command that people copy.
    if (!isKubernetesName(name))
      throw new TerminalError('SecretNotAllowed', `no Secret can have the name ${JSON.stringify(name.slice(0, 63))}`);
    const secret = await read(name);
    const refusal = secret && secretRefusal({ namespace, name, ...user }, secret, integrations);
    return refusal ?? new Sealed(valueIn('Secret', { namespace, name, key }, secret?.data));
  } catch (error) {
    if (error instanceof QuaysideError) return error;
    throw error;
  }
}

function idOf({ name, key }: SecretRef, { organization, use }: User): string {
  return JSON.stringify([name, key, organization, use]);
}
