import { type ConfigMapModel } from '../model/parts.js';
import { type Context, isManaged } from '../settings/context.js';
import { registryLabels } from '../workloads/labels.js';

/** Settings that the database's image starts with. */
const databaseSettings = [
  'huge_pages = off',
  'logging_collector = on',
  "log_filename = 'postgresql-%a.log'",
  'log_truncate_on_rotation = on',
  'log_rotation_age = 1d',
  'log_rotation_size = 0',
  '',
].join('\n');

/** ConfigMaps of the registry. Those that OpenShift fills are made only where it does. */
export function configMaps(context: Context): readonly ConfigMapModel[] {
  const { names, platform } = context;
  const labels = registryLabels(context);
  const app = { ...labels, app: 'quay' };
  const settings = { 'postgresql.conf.sample': databaseSettings };
  const injected: readonly ConfigMapModel[] = [
    {
      name: names.serviceCa,
      component: 'quay',
      labels: app,
      annotations: { 'service.beta.openshift.io/inject-cabundle': 'true' },
      data: {},
    },
    {
      name: names.trustedCa,
      component: 'quay',
      labels: { ...app, 'config.openshift.io/inject-trusted-cabundle': 'true' },
      annotations: {},
      data: {},
    },
  ];
  const postgres: ConfigMapModel = {
    name: names.databaseSettings,
    component: 'postgres',
    labels,
    annotations: {},
    data: settings,
  };
  const clair: ConfigMapModel = { ...postgres, name: names.clairDatabaseSettings, component: 'clairpostgres' };
  return [
    ...(platform === 'OpenShift' ? injected : []),
    ...(isManaged(context, 'postgres') ? [postgres] : []),
    ...(isManaged(context, 'clairpostgres') ? [clair] : []),
  ];
}
