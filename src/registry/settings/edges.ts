import { type RegistryModel } from '../model.js';
import { type Edge, type ObjectRef } from '../model/parts.js';

type Parts = Pick<
  RegistryModel,
  'quay' | 'migration' | 'mirror' | 'clair' | 'redis' | 'postgres' | 'clairPostgres' | 'objectStorage'
>;

/** What waits for what: the migration for the data that it needs, Quay for the migration, Clair for its database; nothing else. */
export function edgesOf(parts: Parts): readonly Edge[] {
  const deployment = (part: { readonly name: string } | undefined): ObjectRef[] =>
    part === undefined ? [] : [{ kind: 'Deployment', name: part.name }];
  const job: ObjectRef = { kind: 'Job', name: parts.migration.name };
  const data = [...deployment(parts.postgres), ...deployment(parts.redis)];
  const bucket =
    parts.objectStorage === undefined ? [] : [{ kind: 'ObjectBucketClaim', name: parts.objectStorage.name }];
  const applications = [...deployment(parts.quay), ...deployment(parts.mirror)];
  return [
    ...data.map((after) => ({ object: job, after, until: 'Available' as const })),
    ...bucket.map((after) => ({ object: job, after, until: 'Bound' as const })),
    ...applications.map((object) => ({ object, after: job, until: 'Complete' as const })),
    ...deployment(parts.clair).flatMap((object) =>
      deployment(parts.clairPostgres).map((after) => ({ object, after, until: 'Available' as const })),
    ),
  ];
}
