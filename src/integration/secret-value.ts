import { type Reason, TerminalError } from '../errors/index.js';
import { type Cluster } from '../kube/index.js';

/** Where Secrets and ConfigMaps are looked up. */
export type SecretStore = Pick<Cluster, 'secret' | 'configMap'>;

/** A key of an object in a namespace. */
export interface KeyRef {
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
}

/** The value of a key, without the line break that an editor leaves behind it; a missing one is an error that names the object and the keys it has. */
export async function valueAt(
  store: SecretStore,
  kind: 'Secret' | 'ConfigMap',
  ref: KeyRef,
  code: Reason = 'CredentialsMissing',
): Promise<string> {
  const { namespace, name } = ref;
  const data = kind === 'Secret' ? (await store.secret(namespace, name))?.data : await store.configMap(namespace, name);
  return valueIn(kind, ref, data, code);
}

/** The same from what was read; `undefined`: there is no such object. */
export function valueIn(
  kind: 'Secret' | 'ConfigMap',
  { namespace, name, key }: KeyRef,
  data: ReadonlyMap<string, string> | undefined,
  code: Reason = 'CredentialsMissing',
): string {
  const what = `${kind} ${namespace}/${name}`;
  if (data === undefined) {
    const hint = `Create it in the namespace ${namespace}, with the key ${key}.`;
    throw new TerminalError(code, `there is no ${what}`, { hint });
  }
  const value = data.get(key);
  if (value === undefined) {
    const keys = [...data.keys()].sort().join(', ');
    const hint = keys === '' ? 'It has no keys at all.' : `It has ${keys}.`;
    throw new TerminalError(code, `${what} has no key ${key}`, { hint });
  }
  if (value.trim() === '') throw new TerminalError(code, `${what} has nothing under the key ${key}`);
  return value.replace(/(?<![\r\n])[\r\n]+$/, '');
}
