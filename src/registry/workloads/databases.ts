import { type EnvVar, type Quantity } from '../../api/index.js';
import { type DatabaseModel, type VolumeModel } from '../model/workload.js';
import { type Context, overridesOf } from '../settings/context.js';
import { workload } from './pod.js';

/** The built-in size of a database's volume. */
export const databaseVolume = '50Gi';

/** Until then a database may take to end its connections: a killed one replays its log for longer than that. */
const graceSeconds = 600;

/** The user of the image, and of the files in its volume. */
const postgresUser = 26;

export function databaseModel(context: Context): DatabaseModel {
  const { names, release } = context;
  const common = { kind: 'postgres', part: 'postgres', annotationPart: 'postgres' } as const;
  return {
    ...workload(context, {
      ...common,
      name: names.database,
      serviceAccount: names.database,
      image: release.images.postgres,
      env: [...credentials(names.databaseSecret, ['USER', 'DATABASE', 'ADMIN_PASSWORD', 'PASSWORD']), ...tuning],
      ...standard,
    }),
    service: names.database,
    claim: { name: names.databaseClaim, ...volumeOf(context, 'postgres', databaseVolume), keep: isKept(context) },
    credentialsSecret: names.databaseSecret,
    settingsConfigMap: names.databaseSettings,
    bootstrapSecret: names.databaseBootstrap,
  };
}

export function clairDatabaseModel(context: Context): DatabaseModel {
  const { names, release } = context;
  const common = { kind: 'clairpostgres', part: 'clair-postgres', annotationPart: 'clair-postgres' } as const;
  return {
    ...workload(context, {
      ...common,
      name: names.clairDatabase,
      serviceAccount: names.clairDatabase,
      image: release.images.clairpostgres,
      env: [...credentials(names.clairDatabaseSecret, ['USER', 'DATABASE', 'PASSWORD', 'ADMIN_PASSWORD']), ...tuning],
      ...standard,
    }),
    service: names.clairDatabase,
    claim: {
      name: names.clairDatabaseClaim,
      ...volumeOf(context, 'clairpostgres', databaseVolume),
      keep: isKept(context),
    },
    credentialsSecret: names.clairDatabaseSecret,
    settingsConfigMap: names.clairDatabaseSettings,
  };
}

const standard = {
  resources: { requests: { cpu: '500m', memory: '2Gi' } },
  terminationGracePeriodSeconds: graceSeconds,
  user: postgresUser,
};

const tuning: readonly EnvVar[] = [
  { name: 'POSTGRESQL_SHARED_BUFFERS', value: '256MB' },
  { name: 'POSTGRESQL_MAX_CONNECTIONS', value: '2000' },
];

const keys = {
  USER: 'database-username',
  DATABASE: 'database-name',
  ADMIN_PASSWORD: 'database-root-password',
  PASSWORD: 'database-password',
} as const;

function credentials(secret: string, order: readonly (keyof typeof keys)[]): readonly EnvVar[] {
  return order.map((name) => ({
    name: `POSTGRESQL_${name}`,
    valueFrom: { secretKeyRef: { name: secret, key: keys[name] } },
  }));
}

function isKept({ options }: Context): boolean {
  return options.volumes?.deletionPolicy !== 'Delete';
}

/** The volume with the user's size and class. */
export function volumeOf(context: Context, kind: 'postgres' | 'clairpostgres' | 'clair', size: Quantity): VolumeModel {
  const { volumeSize, storageClassName } = overridesOf(context, kind);
  return { size: String(volumeSize ?? size), ...(storageClassName !== undefined && { storageClassName }) };
}
