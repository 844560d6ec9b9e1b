import { type ComponentKind } from '../../api/index.js';
import { type SecretContents } from '../inputs.js';
import { type RegistryModel } from '../model.js';
import { type SecretModel } from '../model/parts.js';
import { type PodModel, type QuayMounts } from '../model/workload.js';
import { type Names } from '../names/names.js';

type Parts = Pick<RegistryModel, 'quay' | 'migration' | 'mirror' | 'clair' | 'redis' | 'postgres' | 'clairPostgres'>;

/** The Secrets without what is in them, each with those whose pods use it. */
export function secretModels(
  contents: Readonly<Record<string, SecretContents>>,
  names: Names,
  parts: Parts,
): readonly SecretModel[] {
  const uses = usesOf(parts);
  return Object.entries(contents)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { text, binary = {} }]) => ({
      name,
      component: componentOf(name, names),
      type: 'Opaque',
      keys: [...Object.keys(text), ...Object.keys(binary)].sort(),
      usedBy: uses.filter(({ secrets }) => secrets.has(name)).map(({ workload }) => workload),
      keep: name === names.keysSecret,
    }));
}

function componentOf(name: string, names: Names): ComponentKind {
  const owners: Readonly<Record<string, ComponentKind>> = {
    [names.clairSecret]: 'clair',
    [names.databaseSecret]: 'postgres',
    [names.databaseBootstrap]: 'postgres',
    [names.clairDatabaseSecret]: 'clairpostgres',
    [names.redisSecret]: 'redis',
  };
  return owners[name] ?? 'quay';
}

interface Use {
  readonly workload: string;
  readonly secrets: ReadonlySet<string>;
}

function usesOf({ quay, migration, mirror, clair, redis, postgres, clairPostgres }: Parts): readonly Use[] {
  const use = (
    pod: (PodModel & { readonly name: string }) | undefined,
    more: readonly (string | undefined)[],
  ): Use[] =>
    pod === undefined
      ? []
      : [{ workload: pod.name, secrets: new Set([...inEnvironment(pod), ...more.filter(isNamed)]) }];
  return [
    ...use(quay, mounted(quay)),
    ...use(migration, mounted(migration)),
    ...use(mirror, mounted(mirror)),
    ...use(clair, [clair?.configSecret, clair?.certificateSources.tlsSecret, clair?.certificateSources.extraCaSecret]),
    ...use(redis, [redis?.passwordSecret]),
    ...use(postgres, [postgres?.credentialsSecret, postgres?.bootstrapSecret]),
    ...use(clairPostgres, [clairPostgres?.credentialsSecret]),
  ];
}

function isNamed(name: string | undefined): name is string {
  return name !== undefined;
}

function mounted(mounts: QuayMounts | undefined): readonly (string | undefined)[] {
  return [mounts?.configSecret, mounts?.tlsSecret, mounts?.extraCaSecret];
}

function inEnvironment({ env }: PodModel): readonly string[] {
  return env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name).filter(isNamed);
}
