import { type Keys } from '../keys/keys.js';
import { type Context, isManaged } from '../settings/context.js';
import { type ConfigMapping } from './value.js';

/** Which sources of vulnerabilities Clair reads. */
const updaters = ['alpine', 'aws', 'clair.cvss', 'debian', 'oracle', 'photon', 'rhcc', 'rhel-vex', 'suse', 'ubuntu'];

/** Clair's own configuration; the user's clair-config.yaml stands beside it and goes before it. */
export function clairConfig(context: Context, keys: Keys): ConfigMapping {
  const { names, hostnames } = context;
  const database: ConfigMapping = isManaged(context, 'clairpostgres')
    ? { connstring: connectionTo(context, keys) }
    : {};
  return {
    http_listen_addr: ':8080',
    log_level: 'info',
    indexer: { ...database, scanlock_retry: 10, layer_scan_concurrency: 5, migrations: true },
    matcher: { ...database, migrations: true },
    notifier: {
      ...database,
      migrations: true,
      delivery_interval: '1m',
      poll_interval: '5m',
      webhook: {
        target: `https://${hostnames.server ?? ''}/secscan/notification`,
        callback: `http://${names.clair}/notifier/api/v1/notifications`,
      },
    },
    auth: { psk: { key: keys.scannerKey, iss: ['quay', 'clairctl'] } },
    metrics: { name: 'prometheus' },
    updaters: { sets: updaters, config: { 'rhel-vex': { ignore_unpatched: true } } },
  };
}

/** With autoscaling ten pods share the database's connections, three pools each. */
function connectionTo(context: Context, { clairUser, clairDatabase, clairPassword }: Keys): string {
  const pool = isManaged(context, 'horizontalpodautoscaler') ? 33 : 10;
  const parts = [
    `host=${context.names.clairDatabase}`,
    'port=5432',
    `dbname=${clairDatabase}`,
    `user=${clairUser}`,
    `password=${clairPassword}`,
    'sslmode=disable',
    `pool_max_conns=${pool}`,
  ];
  return parts.join(' ');
}
