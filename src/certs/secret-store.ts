import { managedByLabel, managedByValue } from '../api/index.js';
import { type Fields } from '../json/index.js';
import {
  type Call,
  failure,
  type KubeClient,
  listPath,
  type ObjectName,
  objectPath,
  readObject,
  resourceName,
  resourceTypes,
  saysGone,
  secretData,
  succeeded,
} from '../kube/index.js';
import { fieldManager } from './options.js';

/** A Secret as it was read, to be changed in that state only. */
export interface FoundSecret {
  readonly resourceVersion: string;
  readonly data: ReadonlyMap<string, string>;
}

const type = resourceTypes.secret;

/** Reads a Secret; undefined when the API server says that there is none. */
export async function readSecret(
  client: Pick<KubeClient, 'call'>,
  named: ObjectName,
): Promise<FoundSecret | undefined> {
  const found = await readObject(client, type, named);
  return found && { resourceVersion: versionOf(found), data: secretData(found) };
}

/** Makes a Secret, or changes these keys of the one that was found. `Contended` when somebody else was faster. */
export async function writeSecret(
  client: Pick<KubeClient, 'call'>,
  named: ObjectName,
  found: FoundSecret | undefined,
  data: Readonly<Record<string, string>>,
): Promise<'Written' | 'Contended'> {
  const call = found === undefined ? creation(named, encoded(data)) : change(named, found, encoded(data));
  const answer = await client.call(call);
  if (succeeded(answer)) return 'Written';
  if (answer.status === 409 || (found !== undefined && saysGone(answer))) return 'Contended';
  throw failure(call, answer);
}

const labels = { [managedByLabel]: managedByValue };

function creation(named: ObjectName, data: Fields): Call {
  const { apiVersion, kind } = type;
  return {
    verb: 'create',
    resource: resourceName(type),
    path: `${listPath(type, named.namespace)}${query}`,
    body: { apiVersion, kind, metadata: { ...named, labels }, type: 'kubernetes.io/tls', data },
  };
}

/** With the resourceVersion that was read: whoever is second is refused. The type of a Secret can't be changed, so it stays. */
function change(named: ObjectName, { resourceVersion }: FoundSecret, data: Fields): Call {
  return {
    verb: 'patch',
    resource: resourceName(type),
    path: `${objectPath(type, named)}${query}`,
    body: { metadata: { resourceVersion, labels }, data },
    contentType: 'application/merge-patch+json',
  };
}

const query = `?${new URLSearchParams({ fieldManager }).toString()}`;

function encoded(data: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString('base64')]));
}

function versionOf({ metadata }: Fields): string {
  const { resourceVersion } = metadata as { readonly resourceVersion?: unknown };
  return String(resourceVersion);
}
