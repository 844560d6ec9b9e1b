import { type FaultText } from '../faults.js';
import { type Context } from '../settings/context.js';
import { databaseIdentity } from '../settings/database-identity.js';

/** Other registries with the same bundle or the same database: meant for several sites, an accident otherwise. */
export function sharedFaults({ inputs, name, namespace }: Context, databaseUri: string): readonly FaultText[] {
  const { otherRegistries = [] } = inputs.facts;
  const { secret } = inputs.bundle;
  const database = databaseIdentity(databaseUri, namespace);
  return otherRegistries
    .filter((other) => other.namespace !== namespace || other.name !== name)
    .flatMap((other): FaultText[] => {
      const whose = `the QuayRegistry ${other.namespace}/${other.name}`;
      const severity = 'warning';
      const sameBundle = secret !== undefined && other.namespace === namespace && other.bundle === secret;
      return [
        ...(sameBundle
          ? [
              {
                path: 'spec.configBundleSecret',
                message: `is the bundle of ${whose} as well`,
                hint: 'Give each registry a bundle of its own.',
                severity,
              } as const,
            ]
          : []),
        ...(database !== undefined && database === other.database
          ? [
              {
                path: 'DB_URI',
                source: 'config.yaml',
                message: `is the database of ${whose} as well`,
                hint: 'Only sites of one registry share a database, with the same keys; else give it another.',
                severity,
              } as const,
            ]
          : []),
      ];
    });
}
