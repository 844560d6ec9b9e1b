import type { z } from 'zod';
import { autoPrunePolicy, immutabilityPolicy, type AutoPrunePolicy, type ImmutabilityPolicy } from '../../api/index.js';
import { compareText } from '../keyed.js';
import type { ObservedAutoPrune, ObservedImmutability } from '../observed.js';
import { pruneKey } from '../managed-items.js';
import type { LeftOut } from './left-out.js';

interface Policies {
  readonly autoPrune?: AutoPrunePolicy[];
  readonly immutability?: ImmutabilityPolicy[];
}

/** The policies of one scope, as far as the schema can declare them. */
export function statePolicies(
  found: { readonly autoPrune?: readonly ObservedAutoPrune[]; readonly immutability?: readonly ObservedImmutability[] },
  where: string,
  leftOut: LeftOut,
): Policies {
  const autoPrune = (found.autoPrune ?? []).flatMap(({ uuid: _, ...policy }) =>
    fitting(autoPrunePolicy, policy, () => leftOut.add(`auto-prune policy ${where}: ${pruneKey(policy)}`)),
  );
  const immutability = (found.immutability ?? []).flatMap(({ uuid: _, ...policy }) =>
    fitting(immutabilityPolicy, policy, () => leftOut.add(`immutability policy ${where}: ${policy.tagPattern}`)),
  );
  return {
    ...(autoPrune.length === 0
      ? {}
      : { autoPrune: autoPrune.toSorted((one, other) => compareText(pruneKey(one), pruneKey(other))) }),
    ...(immutability.length === 0
      ? {}
      : { immutability: immutability.toSorted((one, other) => compareText(one.tagPattern, other.tagPattern)) }),
  };
}

/** The value as the schema gives it back, or nothing and a word about it. */
export function fitting<S extends z.ZodType>(schema: S, value: unknown, onMisfit: () => void): z.output<S>[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [parsed.data];
  onMisfit();
  return [];
}
