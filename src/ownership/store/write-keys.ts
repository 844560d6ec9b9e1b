import {
  fieldManager,
  managedByLabel,
  managedByValue,
  ownershipKeysName,
  ownershipSecretKey,
  ownershipSecretName,
} from '../../api/index.js';
import { type Fields } from '../../json/index.js';
import {
  type Call,
  failure,
  type KubeClient,
  listPath,
  objectPath,
  resourceName,
  type ResourceType,
  resourceTypes,
  succeeded,
} from '../../kube/index.js';
import { publicKeysIn, keyIDOf } from '../index.js';

type Client = Pick<KubeClient, 'call'>;

const query = `?${new URLSearchParams({ fieldManager }).toString()}`;
const labels = { [managedByLabel]: managedByValue };
const { secret, configMap } = resourceTypes;

/** Makes the Secret with this key; `Exists` when somebody else was faster. */
export async function createPrivateKey(client: Client, namespace: string, pem: string): Promise<'Created' | 'Exists'> {
  const call = creation(secret, namespace, ownershipSecretName, { type: 'Opaque', data: encoded(pem) });
  const answer = await client.call(call);
  if (answer.status === 409) return 'Exists';
  if (!succeeded(answer)) throw failure(call, answer);
  return 'Created';
}

/** Puts another key into the Secret, as long as nobody else changed it meanwhile. */
export async function replacePrivateKey(
  client: Client,
  namespace: string,
  { pem, resourceVersion }: { readonly pem: string; readonly resourceVersion: string },
): Promise<void> {
  await must(
    client,
    merge(secret, namespace, ownershipSecretName, { metadata: { resourceVersion }, data: encoded(pem) }),
  );
}

/** Lists a public key beside those that are there: what it signed stays valid. */
export async function listPublicKey(client: Client, namespace: string, pem: string): Promise<void> {
  const data = Object.fromEntries(publicKeysIn(pem).map((key) => [keyIDOf(key), pem]));
  const call = creation(configMap, namespace, ownershipKeysName, { data });
  const answer = await client.call(call);
  if (answer.status === 409) return must(client, merge(configMap, namespace, ownershipKeysName, { data }));
  if (!succeeded(answer)) throw failure(call, answer);
}

const encoded = (pem: string): Fields => ({ [ownershipSecretKey]: Buffer.from(pem).toString('base64') });

function creation(type: ResourceType, namespace: string, name: string, content: Fields): Call {
  const { apiVersion, kind } = type;
  return {
    verb: 'create',
    resource: resourceName(type),
    path: `${listPath(type, namespace)}${query}`,
    body: { apiVersion, kind, metadata: { namespace, name, labels }, ...content },
  };
}

function merge(type: ResourceType, namespace: string, name: string, body: Fields): Call {
  return {
    verb: 'patch',
    resource: resourceName(type),
    path: `${objectPath(type, { namespace, name })}${query}`,
    body,
    contentType: 'application/merge-patch+json',
  };
}

async function must(client: Client, call: Call): Promise<void> {
  const answer = await client.call(call);
  if (!succeeded(answer)) throw failure(call, answer);
}
