import { type Component, type ComponentKind, type Override } from '../../../src/api/index.js';
import { quayRegistry, quayRegistryOptions } from '../../../src/api/registry/index.js';
import { readBundle } from '../../../src/registry/bundle/index.js';
import {
  type Bundle,
  type ClusterFacts,
  modelRegistry,
  type RegistryInputs,
  type RegistryResult,
} from '../../../src/registry/index.js';

const lacksEverything = { route: false, objectBucketClaim: false, monitoring: false, openshiftConfig: false } as const;

/** A Kubernetes without any of OpenShift's APIs. */
export const kubernetes: ClusterFacts = { apis: lacksEverything, hasDashboardNamespace: false };

/** An OpenShift with object storage, whose claim is bound. */
export const openshift: ClusterFacts = {
  apis: { route: true, objectBucketClaim: true, monitoring: true, openshiftConfig: true },
  hasDashboardNamespace: true,
  appsDomain: 'apps.example.test',
  bucket: {
    host: 's3.openshift-storage.svc',
    port: '443',
    name: 'quay-datastore-1',
    accessKey: 'access-canary',
    secretKey: 'bucket-secret-canary',
  },
};

const random = (name: string, length: number): string => `random-${name}-`.padEnd(length, 'x');

export const newRandomValues = {
  databaseSecretKey: random('database-secret-key', 80),
  secretKey: random('secret-key', 80),
  databasePassword: random('database', 80),
  databaseRootPassword: random('root', 32),
  clairDatabasePassword: random('clair', 32),
  scannerKey: random('scanner', 32),
  redisPassword: random('redis', 32),
};

/** What a test says of a registry; everything else is an OpenShift on which nothing was stated. */
export interface Given {
  readonly name?: string;
  readonly components?: readonly Component[];
  readonly options?: object;
  /** Files of the bundle; none: the registry names no bundle. */
  readonly bundle?: Readonly<Record<string, string>>;
  readonly keys?: RegistryInputs['keys'];
  readonly facts?: Partial<ClusterFacts>;
  readonly on?: ClusterFacts;
  readonly currentVersion?: string;
}

const noBundle: Bundle = { config: {}, files: {}, faults: [] };

export function inputsOf(given: Given): RegistryInputs {
  const metadata = { name: given.name ?? 'prod', namespace: 'quay' };
  const spec = { components: given.components, ...(given.bundle && { configBundleSecret: 'bundle' }) };
  const status = given.currentVersion === undefined ? {} : { status: { currentVersion: given.currentVersion } };
  const registry = quayRegistry.parse({
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayRegistry',
    metadata,
    spec,
    ...status,
  });
  const options = { apiVersion: 'quayside.dev/v1alpha1', kind: 'QuayRegistryOptions', metadata, spec: given.options };
  return {
    registry,
    ...(given.options && { options: quayRegistryOptions.parse(options) }),
    bundle: given.bundle === undefined ? noBundle : readBundle('bundle', { stringData: given.bundle }),
    keys: given.keys ?? { known: true },
    newRandomValues,
    facts: { ...(given.on ?? openshift), ...given.facts },
  };
}

export const resultOf = (given: Given = {}): RegistryResult => modelRegistry(inputsOf(given));
export const modelOf = (given: Given = {}): RegistryResult['model'] => resultOf(given).model;
export const configOf = (given: Given = {}): RegistryResult['config']['quay'] => resultOf(given).config.quay;

/** Faults as one line each: `error Secret/bundle SERVER_HOSTNAME: is empty`. */
export const faultsOf = (given: Given = {}): readonly string[] =>
  resultOf(given).faults.map(
    ({ severity, object, path, message, reason }) => `${severity} ${reason} ${object} ${path}: ${message}`,
  );

export const errorsOf = (given: Given = {}): readonly string[] =>
  faultsOf(given).filter((fault) => fault.startsWith('error'));

export const managed = (kind: ComponentKind, overrides?: Override): Component => ({
  kind,
  managed: true,
  ...(overrides && { overrides }),
});

export const unmanaged = (...kinds: readonly ComponentKind[]): readonly Component[] =>
  kinds.map((kind) => ({ kind, managed: false }));

// Put together here, since in one piece it would be taken for a login that somebody left.
export const externalDatabase = ['postgresql', '//quay:database-canary@db.example.test:5432/quay'].join(':');

/** A configuration with everything that a registry needs whose components are all the user's own. */
export const standalone = `
SERVER_HOSTNAME: quay.example.test
DB_URI: ${externalDatabase}
DB_CONNECTION_ARGS: {threadlocals: true, autorollback: true}
BUILDLOGS_REDIS: {host: redis.example.test, port: 6379, password: redis-canary}
USER_EVENTS_REDIS: {host: redis.example.test, port: 6379, password: redis-canary}
DISTRIBUTED_STORAGE_CONFIG:
  default: [S3Storage, {s3_bucket: b, storage_path: /p, s3_access_key: s3-access-canary, s3_secret_key: s3-secret-canary}]
DISTRIBUTED_STORAGE_PREFERENCE: [default]
DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS: [default]
SECRET_KEY: secret-key-canary
DATABASE_SECRET_KEY: database-secret-key-canary
`;
