import { type ComponentKind } from '../../api/index.js';
import { type ConfigMapping, isMapping } from '../config/value.js';
import { type FaultText } from '../faults.js';
import { type Components } from './resolve.js';

/** Keys of config.yaml by which a component is known to be configured by the user, and what that means. */
interface PresenceRule {
  readonly kind: ComponentKind;
  readonly keys: readonly string[];
  /** Whether a managed component leaves the keys to nobody else. */
  readonly exclusive: boolean;
  /** What nobody says then, where Quay does not run without it. */
  readonly required?: string;
}

export const presenceRules: readonly PresenceRule[] = [
  { kind: 'postgres', keys: ['DB_URI', 'DB_CONNECTION_ARGS'], exclusive: true, required: 'which database Quay uses' },
  {
    kind: 'redis',
    keys: ['BUILDLOGS_REDIS', 'USER_EVENTS_REDIS', 'PULL_METRICS_REDIS'],
    exclusive: false,
    required: 'which Redis Quay uses',
  },
  {
    kind: 'objectstorage',
    keys: [
      'DISTRIBUTED_STORAGE_CONFIG',
      'DISTRIBUTED_STORAGE_PREFERENCE',
      'DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS',
      'FEATURE_STORAGE_REPLICATION',
    ],
    exclusive: true,
    required: 'where images are stored',
  },
  {
    kind: 'route',
    keys: ['SERVER_HOSTNAME', 'PREFERRED_URL_SCHEME', 'EXTERNAL_TLS_TERMINATION'],
    exclusive: false,
    required: 'the host under which Quay is called',
  },
  {
    kind: 'clair',
    keys: [
      'FEATURE_SECURITY_SCANNER',
      'SECURITY_SCANNER_ENDPOINT',
      'SECURITY_SCANNER_INDEXING_INTERVAL',
      'SECURITY_SCANNER_NOTIFICATIONS',
      'SECURITY_SCANNER_V4_ENDPOINT',
      'SECURITY_SCANNER_V4_NAMESPACE_WHITELIST',
    ],
    exclusive: true,
  },
];

/** Components that are managed although the bundle configures them, and those that nobody configures. */
export function presenceFaults(
  config: ConfigMapping,
  components: Components,
  lines: Readonly<Record<string, number>> = {},
): readonly FaultText[] {
  return presenceRules.flatMap(({ kind, keys, exclusive, required }) => {
    const { managed } = components[kind];
    const [first, ...others] = keys.filter((key) => Object.hasOwn(config, key));
    const source = 'config.yaml';
    if (managed && exclusive && first !== undefined) {
      const line = lines[first];
      const list = [first, ...others].join(', ');
      const message = `${kind} is managed, and config.yaml has its keys as well: ${list}`;
      const hint = `Take them out of config.yaml, or set managed to false for ${kind}.`;
      return [{ path: first, source, message, hint, ...(line !== undefined && { line }) }];
    }
    if (managed || required === undefined || first !== undefined) return [];
    const message = `${kind} is not managed, and config.yaml does not say ${required}`;
    const hint = `Set ${keys.slice(0, kind === 'redis' ? 2 : 1).join(' and ')}, or have ${kind} managed.`;
    const [path = ''] = keys;
    return [{ path, source, message, hint, lacking: path }];
  });
}

/** Whether a clair-config.yaml names a database for one of Clair's parts. */
export function namesClairDatabase(config: ConfigMapping | undefined): boolean {
  return ['indexer', 'matcher', 'notifier'].some((part) => {
    const section = config?.[part];
    const connection = isMapping(section) ? section['connstring'] : undefined;
    return typeof connection === 'string' && connection !== '';
  });
}

/** The same for Clair's database, which clair-config.yaml configures. */
export function clairDatabaseFaults(config: ConfigMapping | undefined, components: Components): readonly FaultText[] {
  const stated = namesClairDatabase(config);
  const source = 'clair-config.yaml';
  const path = 'indexer.connstring';
  if (components.clairpostgres.managed && stated) {
    const message = 'clairpostgres is managed, and clair-config.yaml names a database as well';
    return [{ path, source, message, hint: 'Take connstring out, or set managed to false for clairpostgres.' }];
  }
  if (components.clairpostgres.managed || !components.clair.managed || stated) return [];
  const message = 'clair is managed, and nothing names its database';
  return [
    {
      path,
      source,
      message,
      hint: 'Set connstring under indexer, matcher and notifier, or have clairpostgres managed.',
    },
  ];
}
