import { type FaultText } from '../faults.js';
import { type RegistryModel } from '../model.js';
import { type Context } from '../settings/context.js';
import { amountOf } from '../quantities.js';

/** Volumes of no size, and claims that would have to shrink, which no storage can do. */
export function volumeFaults(
  { inputs }: Context,
  { postgres, clairPostgres, clair }: Pick<RegistryModel, 'postgres' | 'clairPostgres' | 'clair'>,
): readonly FaultText[] {
  const { claims = {} } = inputs.facts;
  const volumes = [
    { kind: 'postgres', volume: postgres?.claim, claim: postgres?.claim.name },
    { kind: 'clairpostgres', volume: clairPostgres?.claim, claim: clairPostgres?.claim.name },
    { kind: 'clair', volume: clair?.scratch, claim: undefined },
  ];
  return volumes.flatMap(({ kind, volume, claim }): FaultText[] => {
    if (volume === undefined) return [];
    const path = volumePath(inputs.registry.spec?.components ?? [], kind);
    const wanted = amountOf(volume.size);
    if (!(wanted > 0)) {
      return [
        {
          path,
          message: `${volume.size} is no size of a volume`,
          hint: 'Write a size such as 50Gi.',
          reason: 'ComponentOverrideInvalid',
        },
      ];
    }
    const existing = claim === undefined ? undefined : claims[claim];
    if (existing === undefined || wanted >= amountOf(existing)) return [];
    const message = `the claim ${claim ?? ''} has ${existing}, and a volume cannot shrink to ${volume.size}`;
    return [{ path, message, hint: `State volumeSize: ${existing} or more.`, reason: 'ComponentCreationFailed' }];
  });
}

function volumePath(components: readonly { readonly kind: string }[], kind: string): string {
  const at = components.findIndex((component) => component.kind === kind);
  return at < 0 ? 'spec.components' : `spec.components[${at}].overrides.volumeSize`;
}
