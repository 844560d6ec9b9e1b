import type { AutoPrunePolicy, ImmutabilityPolicy } from '../../api/index.js';
import type { Change } from '../change.js';
import { together, unread, type Context, type ResourcePlan } from '../context.js';
import { byItem, compareKeyed, groupByItem } from '../keyed.js';
import type { ObservedAutoPrune, ObservedImmutability } from '../observed.js';
import { managedItems } from '../managed-items.js';

/** Where policies are, as declared and as found. */
interface PolicyScope {
  /** `undefined` for the organization itself. */
  readonly repository?: string;
  readonly declared: {
    readonly autoPrune?: readonly AutoPrunePolicy[] | undefined;
    readonly immutability?: readonly ImmutabilityPolicy[] | undefined;
  };
  readonly found: {
    readonly autoPrune?: readonly ObservedAutoPrune[];
    readonly immutability?: readonly ObservedImmutability[];
  };
}

/** Auto-prune and immutability policies of the organization and of every repository. */
export function planPolicies(context: Context): ResourcePlan {
  const { spec, observed, listed } = context;
  const names = new Set(listed.map(({ found }) => found.name));
  const scopes: readonly PolicyScope[] = [
    { declared: spec, found: observed },
    ...listed.map(({ declared, found }) => ({ repository: found.name, declared, found })),
    ...observed.repositories
      .filter(({ name }) => !names.has(name))
      .map((found) => ({ repository: found.name, declared: {}, found })),
  ];
  return together(scopes.flatMap((scope) => [planAutoPrune(context, scope), planImmutability(context, scope)]));
}

function planAutoPrune(context: Context, { repository, declared, found }: PolicyScope): ResourcePlan {
  const scope = repository === undefined ? {} : { repository };
  const what = managedItems.autoPruneAt(repository);
  if (found.autoPrune === undefined) return unread(context, what, declared.autoPrune?.length ? what : undefined);
  return compareKeyed(context.claim, {
    declared: byItem(declared.autoPrune ?? [], (policy) => managedItems.autoPrune(repository, policy)),
    found: groupByItem(found.autoPrune, (policy) => managedItems.autoPrune(repository, policy)),
    make: (policy): Change[] => [{ type: 'CreateAutoPrune', ...scope, policy }],
    remove: (group): Change[] =>
      group.map(({ uuid, ...policy }) => ({ type: 'DeleteAutoPrune', ...scope, uuid, policy })),
  });
}

function planImmutability(context: Context, { repository, declared, found }: PolicyScope): ResourcePlan {
  const scope = repository === undefined ? {} : { repository };
  const what = managedItems.immutabilityAt(repository);
  if (found.immutability === undefined) return unread(context, what, declared.immutability?.length ? what : undefined);
  return compareKeyed(context.claim, {
    declared: byItem(declared.immutability ?? [], (policy) => managedItems.immutability(repository, policy.tagPattern)),
    found: byItem(found.immutability, (policy) => managedItems.immutability(repository, policy.tagPattern)),
    make: (policy): Change[] => [{ type: 'CreateImmutability', ...scope, policy }],
    adjust: (policy, { uuid, tagPatternMatches }) =>
      policy.tagPatternMatches === tagPatternMatches
        ? {}
        : { changes: [{ type: 'UpdateImmutability', ...scope, uuid, policy }] },
    remove: ({ uuid, tagPattern, tagPatternMatches }): Change[] => [
      { type: 'DeleteImmutability', ...scope, uuid, tagPattern, ...(!tagPatternMatches && { tagPatternMatches }) },
    ],
  });
}
