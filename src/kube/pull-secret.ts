import { type PullSecretRecord, type RegistryEntry } from './cluster.js';
import { type Fields, isRecord, objectOrEmpty, textOf, textsOf } from '../json/index.js';
import { limits } from '../limits/index.js';
import { Sealed } from '../api/index.js';
import { secretData } from './secret-data.js';

export const pullSecretType = 'kubernetes.io/dockerconfigjson';

/** What is kept of a pull secret. */
export function pullSecretRecord(object: Fields): PullSecretRecord {
  const metadata = objectOrEmpty(object.metadata);
  return {
    namespace: textOf(metadata.namespace) ?? '',
    name: textOf(metadata.name) ?? '',
    labels: textsOf(metadata.labels),
    entries: registryEntries(secretData(object).get('.dockerconfigjson') ?? ''),
  };
}

/** The entries of a docker configuration; what cannot be read is left out, since other people's secrets are not checked. */
export function registryEntries(configuration: string): readonly RegistryEntry[] {
  if (configuration.length > limits.pullSecretBytes) return [];
  const auths = objectOrEmpty(objectOrEmpty(parsed(configuration)).auths);
  return Object.entries(auths).flatMap(([host, entry]) => {
    const login = isRecord(entry) ? loginOf(entry) : undefined;
    return login === undefined ? [] : [{ host, username: login.username, password: new Sealed(login.password) }];
  });
}

function loginOf(entry: Fields): { username: string; password: string } | undefined {
  const auth = textOf(entry.auth);
  if (auth === undefined) {
    const username = textOf(entry.username);
    const password = textOf(entry.password);
    return username === undefined || password === undefined ? undefined : { username, password };
  }
  const decoded = Buffer.from(auth, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1) return undefined;
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
