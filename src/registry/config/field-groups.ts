import { type ComponentKind } from '../../api/index.js';
import { type Bucket } from '../inputs.js';
import { type Keys } from '../keys/keys.js';
import { type Context, isManaged } from '../settings/context.js';
import { type ConfigMapping } from './value.js';

/** The keys of config.yaml that a managed component brings. */
export interface FieldGroup {
  /** How pods reach the component: the user's values give way. */
  readonly fixed: ConfigMapping;
  /** How it behaves: the user's values stay. */
  readonly presets?: ConfigMapping;
}

/** The groups of the components that are managed, in the Quay Operator's words. */
export function fieldGroups(context: Context, keys: Keys): readonly FieldGroup[] {
  const makers: Readonly<Partial<Record<ComponentKind, (context: Context, keys: Keys) => FieldGroup>>> = {
    postgres: database,
    clair: securityScanner,
    redis,
    objectstorage: distributedStorage,
    mirror: repoMirror,
  };
  const groups = Object.entries(makers)
    .filter(([kind]) => isManaged(context, kind as ComponentKind))
    .map(([, make]) => make(context, keys));
  return [...groups, hostSettings(context)];
}

function database(_context: Context, { databaseUri }: Keys): FieldGroup {
  return { fixed: { DB_URI: databaseUri, DB_CONNECTION_ARGS: { autorollback: true, threadlocals: true } } };
}

function securityScanner({ names, namespace }: Context, { scannerKey }: Keys): FieldGroup {
  return {
    fixed: {
      FEATURE_SECURITY_SCANNER: true,
      SECURITY_SCANNER_V4_ENDPOINT: `http://${names.clair}.${namespace}.svc.cluster.local`,
      SECURITY_SCANNER_V4_PSK: scannerKey,
    },
    presets: {
      FEATURE_SECURITY_NOTIFICATIONS: true,
      SECURITY_SCANNER_INDEXING_INTERVAL: 30,
      SECURITY_SCANNER_V4_NAMESPACE_WHITELIST: ['admin'],
    },
  };
}

function redis({ names }: Context, { redisPassword }: Keys): FieldGroup {
  const host = { host: names.redis, port: 6379, ...(redisPassword !== undefined && { password: redisPassword }) };
  return { fixed: { BUILDLOGS_REDIS: host, USER_EVENTS_REDIS: host } };
}

const location = 'local_us';

function distributedStorage({ inputs }: Context): FieldGroup {
  const { bucket } = inputs.facts;
  // Until the claim is bound there is nothing to say; the edge from the claim holds everything that would read it.
  const storage: ConfigMapping = bucket === undefined ? {} : { [location]: ['RHOCSStorage', engineOf(bucket)] };
  return {
    fixed: {
      DISTRIBUTED_STORAGE_CONFIG: storage,
      DISTRIBUTED_STORAGE_PREFERENCE: [location],
      DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS: [location],
      FEATURE_STORAGE_REPLICATION: false,
    },
    presets: { FEATURE_PROXY_STORAGE: true },
  };
}

function engineOf({ host, port, name, accessKey, secretKey }: Bucket): ConfigMapping {
  const number = Number(port === undefined || port === '' ? 443 : port);
  return {
    hostname: clusterHost(host),
    port: number,
    is_secure: number !== 80 && number !== 8080,
    bucket_name: name,
    access_key: accessKey,
    secret_key: secretKey,
    storage_path: '/datastorage/registry',
  };
}

/** A Service's name in full: pods of other namespaces resolve the short one only by their search list. */
export function clusterHost(host: string): string {
  return host.endsWith('.svc') ? `${host}.cluster.local` : host;
}

function repoMirror(): FieldGroup {
  return {
    fixed: { FEATURE_REPO_MIRROR: true },
    presets: { REPO_MIRROR_INTERVAL: 30, REPO_MIRROR_TLS_VERIFY: true },
  };
}

/** With Routes these are ours; without, Quay still has to know by which scheme it is called, unless the user says it. */
function hostSettings(context: Context): FieldGroup {
  const { hostnames, termination } = context;
  const ended = { EXTERNAL_TLS_TERMINATION: termination === 'edge', PREFERRED_URL_SCHEME: 'https' };
  if (!isManaged(context, 'route')) return { fixed: {}, presets: ended };
  return { fixed: { ...ended, ...(hostnames.server !== undefined && { SERVER_HOSTNAME: hostnames.server }) } };
}
