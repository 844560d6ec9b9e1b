import { type Cluster } from '../cluster.js';
import { integrationsOf } from '../integrations.js';
import { collect, type Collection } from './collection.js';
import { readManifests } from './manifests.js';
import { snapshotOf } from './snapshot.js';
import { sourcesOf } from './source.js';

export interface FilesOptions {
  /** UID of the cluster, for files without the namespace kube-system. */
  readonly uid?: string;
  /** What `-` reads; default: the standard input of the process. */
  readonly stdin?: AsyncIterable<Buffer>;
}

/**
 * A cluster from files and folders as `oc get … -o yaml` or `-o json` write them, packed with gzip or not; `-` is the standard
 * input. All of them are read before anything is answered: a file that is damaged or cut off is an `InvalidInput`.
 */
export async function clusterFromFiles(paths: readonly string[], options: FilesOptions = {}): Promise<Cluster> {
  const collection = collect();
  const { files, passedOver, inspected } = await sourcesOf(paths, options.stdin ?? process.stdin);
  for (const source of files) await readManifests(source, collection);
  const isPartial = inspected && !collection.lists.has('Namespace');
  const snapshot = snapshotOf(collection, { ...options, isPartial });
  const { imageStreams } = snapshot;
  // Without kube-system the files hold only some of the namespaces: what is not among them may be elsewhere.
  const isWhole = collection.namespaces.has('kube-system') && !isPartial;
  const strays = passedOver + collection.strays.size;
  return {
    description:
      paths.length === 0 ? notRead(options) : `${paths.join(', ')} (${contents(collection, strays) || 'nothing'})`,
    snapshot: () => Promise.resolve(snapshot),
    // Not earlier: a fault in an integration is of no interest to who gives another one.
    integrations: async () =>
      Promise.resolve(
        integrationsOf(
          collection.integrations.map(({ object, source, position }) => ({
            object,
            source: `${source}:${position.line}`,
          })),
        ),
      ),
    integrationObjects: () => Promise.resolve(collection.integrations.map(({ object }) => object)),
    organizations: () => Promise.resolve(collection.organizations),
    namespace(name) {
      const record = collection.namespaces.get(name);
      if (record !== undefined) return Promise.resolve(record.terminating ? 'Terminating' : 'Active');
      return Promise.resolve(isWhole ? 'Gone' : 'Unknown');
    },
    imageStream(namespace, name) {
      if (collection.imageStreams.has(`${namespace}/${name}`)) return Promise.resolve('Present');
      return Promise.resolve(imageStreams.known && isWhole ? 'Gone' : 'Unknown');
    },
    secret: (namespace, name) => Promise.resolve(collection.secrets.get(`${namespace}/${name}`)),
    configMap: (namespace, name) => Promise.resolve(collection.configMaps.get(`${namespace}/${name}`)),
    pullSecrets: () =>
      Promise.resolve(
        collection.seen.has('Secret') || collection.lists.has('Secret')
          ? { known: true, items: collection.pullSecrets }
          : { known: false, reason: 'there is no Secret in the files' },
      ),
    close: () => Promise.resolve(),
  };
}

/** Of a cluster nothing is known but its name. */
function notRead({ uid }: FilesOptions): string {
  return uid === undefined ? 'not read' : `not read (UID ${uid})`;
}

/** `12 Namespace, 30 ImageStream, 36 ServiceAccount`: those that are not read are in it too, so that a wrong dump is noticed. */
function contents({ seen }: Collection, strays: number): string {
  const counted = [...seen]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${count} ${kind}${count === 1 ? '' : 's'}`);
  return [
    ...counted,
    ...(strays === 0 ? [] : [`${strays} ${strays === 1 ? 'file' : 'files'} without objects passed over`]),
  ].join(', ');
}
