import { type Cluster } from '../cluster.js';
import { type Fields, objectOrEmpty, textOf, textsOf } from '../../json/index.js';
import { integrationsOf } from '../integrations.js';
import { pullSecretRecord, pullSecretType } from '../pull-secret.js';
import { listPath, resourceTypes } from '../resource-type.js';
import { secretObject } from '../secret-object.js';
import { failure, saysGone } from '../client/answer.js';
import { type Answer, type ApiServer, type Call } from '../client/call.js';
import { type KubeClient } from '../client/kube-client.js';
import { listAll, listing } from './list.js';
import { liveSnapshot } from './snapshot.js';

/** A live cluster behind an API server; `uid` is what the UID of its kube-system has to be. */
export function clusterOver(
  { call: api, server }: Pick<KubeClient, 'call' | 'server'>,
  { uid, close }: { readonly uid?: string | undefined; readonly close: () => Promise<void> },
): Cluster {
  return {
    description: server,
    snapshot: (wants) => liveSnapshot(api, uid, wants),
    integrations: async () => integrationsOf((await integrationObjects(api)).map((object) => ({ object }))),
    integrationObjects: () => integrationObjects(api),
    organizations: () => all(api, 'quayside.dev/v1alpha1', 'QuayOrganization'),
    async namespace(name) {
      const answer = await state(api, namespaceCall(name));
      if (answer?.status !== 200) return answer !== undefined && saysGone(answer) ? 'Gone' : 'Unknown';
      return textOf(objectOrEmpty(answer.body.metadata).deletionTimestamp) === undefined ? 'Active' : 'Terminating';
    },
    async imageStream(namespace, name) {
      const path = `/apis/image.openshift.io/v1/namespaces/${part(namespace)}/imagestreams/${part(name)}`;
      const answer = await state(api, { verb: 'get', resource: 'imagestreams.image.openshift.io', path });
      if (answer?.status === 200) return 'Present';
      return answer !== undefined && saysGone(answer) ? 'Gone' : 'Unknown';
    },
    async secret(namespace, name) {
      const found = await object(api, namespace, 'secrets', name);
      return found && secretObject(found);
    },
    async configMap(namespace, name) {
      const found = await object(api, namespace, 'configmaps', name);
      return found && new Map(Object.entries(textsOf(found.data)));
    },
    pullSecrets: (namespace) =>
      listing(api, {
        resource: 'secrets',
        path: listPath(resourceTypes.secret, namespace),
        fieldSelector: `type=${pullSecretType}`,
        keep: pullSecretRecord,
      }),
    close,
  };
}

function namespaceCall(name: string): Call {
  return { verb: 'get', resource: 'namespaces', path: `/api/v1/namespaces/${part(name)}` };
}

/** The answer to a question where no answer is one as well: unknown. */
async function state(api: ApiServer, call: Call): Promise<Answer | undefined> {
  return api(call).catch(() => undefined);
}

async function object(api: ApiServer, namespace: string, resource: string, name: string): Promise<Fields | undefined> {
  const path = `/api/v1/namespaces/${part(namespace)}/${resource}/${part(name)}`;
  const call: Call = { verb: 'get', resource: `${resource} in the namespace ${namespace}`, path };
  const answer = await api(call);
  if (answer.status === 200) return answer.body;
  if (saysGone(answer)) return undefined;
  throw failure(call, answer);
}

async function integrationObjects(api: ApiServer): Promise<readonly Fields[]> {
  const versions = ['quay.redhat.com/v1', 'redhatcop.redhat.io/v1alpha1'];
  const lists = await Promise.all(versions.map(async (apiVersion) => all(api, apiVersion, 'QuayIntegration')));
  return lists.flat();
}

/** All objects of a kind; none where the API is not there. */
async function all(api: ApiServer, apiVersion: string, kind: string): Promise<readonly Fields[]> {
  // Items of a list come without their kind from some servers.
  const keep = (found: Fields): Fields => ({ ...found, apiVersion, kind });
  const plural = `${kind.toLowerCase()}s`;
  const resource = `${plural}.${apiVersion.split('/')[0] ?? ''}`;
  const listed = await listAll(api, { resource, path: `/apis/${apiVersion}/${plural}`, keep });
  if ('items' in listed) return listed.items;
  if (listed.answer.status === 404 || (await isAbsent(api, apiVersion, listed.answer))) return [];
  throw failure(listed.call, listed.answer);
}

/** An account with few permissions gets 403, even when there is nothing to be read. */
async function isAbsent(api: ApiServer, apiVersion: string, { status }: Answer): Promise<boolean> {
  if (status !== 403) return false;
  const path = `/apis/${apiVersion}`;
  return (await api({ verb: 'get', resource: path, path })).status === 404;
}

function part(name: string): string {
  return encodeURIComponent(name);
}
