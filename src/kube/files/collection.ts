import { type ImageStreamRecord, type NamespaceRecord, type ServiceAccountRecord } from '../../api/index.js';
import { type PullSecretRecord } from '../cluster.js';
import { type Fields, textOf, textsOf } from '../../json/index.js';
import { pullSecretRecord, pullSecretType } from '../pull-secret.js';
import { imageStreamRecord, namespaceRecord, serviceAccountRecord } from '../records.js';
import { type SecretObject, secretObject } from '../secret-object.js';
import { type Manifest, type ManifestSink } from './manifest-events.js';
import { checkMetadata, isRead } from './named.js';
import { onlyOnce } from './once.js';

/** What is kept of the objects in the files, by `<namespace>/<name>` or `<name>`. */
export interface Collection extends ManifestSink {
  readonly namespaces: ReadonlyMap<string, NamespaceRecord>;
  readonly imageStreams: ReadonlyMap<string, ImageStreamRecord>;
  readonly serviceAccounts: ReadonlyMap<string, ServiceAccountRecord>;
  readonly integrations: readonly Manifest[];
  readonly organizations: readonly Fields[];
  readonly secrets: ReadonlyMap<string, SecretObject>;
  readonly pullSecrets: readonly PullSecretRecord[];
  readonly configMaps: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Kinds that were seen, with how many objects of them; those that are not read as well. */
  readonly seen: ReadonlyMap<string, number>;
  /** Kinds of which a whole list was read, so that none at all is an answer too. */
  readonly lists: ReadonlySet<string>;
  /** Files that hold something else than objects. */
  readonly strays: ReadonlySet<string>;
}

/** Secrets that no integration names: the platform's own, and very large ones. */
const skippedSecrets: ReadonlySet<string> = new Set([
  'kubernetes.io/service-account-token',
  'kubernetes.io/dockercfg',
  'bootstrap.kubernetes.io/token',
  'helm.sh/release.v1',
]);

/** An empty collection, to be filled by reading files. */
export function collect(): Collection {
  const kept: Kept = {
    namespaces: new Map(),
    imageStreams: new Map(),
    serviceAccounts: new Map(),
    integrations: [],
    organizations: [],
    secrets: new Map(),
    pullSecrets: [],
    configMaps: new Map(),
  };
  const seen = new Map<string, number>();
  const lists = new Set<string>();
  const strays = new Set<string>();
  const takers = takersInto(kept);
  return {
    ...kept,
    seen,
    lists,
    object(manifest) {
      seen.set(manifest.kind, (seen.get(manifest.kind) ?? 0) + 1);
      if (!isRead(manifest.apiVersion, manifest.kind)) return;
      const { name, namespace } = checkMetadata(manifest);
      takers[manifest.kind]?.(manifest, namespace === undefined ? name : `${namespace}/${name}`);
    },
    strays,
    passedOver: (source) => void strays.add(source),
    listed(apiVersion, kind) {
      if (isRead(apiVersion, kind)) lists.add(kind);
    },
  };
}

interface Kept {
  readonly namespaces: Map<string, NamespaceRecord>;
  readonly imageStreams: Map<string, ImageStreamRecord>;
  readonly serviceAccounts: Map<string, ServiceAccountRecord>;
  readonly integrations: Manifest[];
  readonly organizations: Fields[];
  readonly secrets: Map<string, SecretObject>;
  readonly pullSecrets: PullSecretRecord[];
  readonly configMaps: Map<string, ReadonlyMap<string, string>>;
}

/** What is done with an object, by its kind. */
function takersInto(kept: Kept): Readonly<Record<string, (manifest: Manifest, key: string) => void>> {
  const isNew = onlyOnce();
  /** The platform puts the same two certificates into every namespace. */
  const sharedData = new Map<string, ReadonlyMap<string, string>>();
  return {
    Namespace(manifest, key) {
      const record = detached(namespaceRecord(manifest.object));
      if (isNew(manifest, key, record)) kept.namespaces.set(key, record);
    },
    ImageStream(manifest, key) {
      kept.imageStreams.set(key, detached(imageStreamRecord(manifest.object)));
    },
    ServiceAccount(manifest, key) {
      kept.serviceAccounts.set(key, detached(serviceAccountRecord(manifest.object)));
    },
    QuayIntegration(manifest, key) {
      const object = detached(manifest.object);
      if (isNew(manifest, key, object.spec)) kept.integrations.push({ ...manifest, object });
    },
    QuayOrganization({ object }) {
      kept.organizations.push(detached(object));
    },
    Secret(manifest, key) {
      const type = textOf(manifest.object.type) ?? 'Opaque';
      if (skippedSecrets.has(type)) return;
      const object = detached(manifest.object);
      const secret = secretObject(object);
      if (!isNew(manifest, key, [type, secret.labels, secret.annotations, ...secret.data])) return;
      kept.secrets.set(key, secret);
      if (type === pullSecretType) kept.pullSecrets.push(pullSecretRecord(object));
    },
    ConfigMap(manifest, key) {
      const data = textsOf(manifest.object.data);
      if (!isNew(manifest, key, data)) return;
      const text = JSON.stringify(data);
      const shared = sharedData.get(text) ?? new Map(Object.entries(detached(data)));
      sharedData.set(text, shared);
      kept.configMaps.set(key, shared);
    },
  };
}

/** A copy that does not keep alive the text it was cut from, as parts of a string do. */
function detached<T extends Fields | NamespaceRecord | ImageStreamRecord | ServiceAccountRecord>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
