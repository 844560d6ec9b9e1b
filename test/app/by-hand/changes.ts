import type { HandChange, Spec } from './change.js';
import { defaultPermissionChanges, robotChanges, teamChanges, valueChanges } from './change-people.js';
import { autoPruneChanges, immutabilityChanges, proxyCacheChanges, quotaChanges } from './change-policies.js';
import { repositoryChanges } from './change-repositories.js';

/** All that somebody could change by hand of what this document states, by kind. */
export function handChanges(spec: Spec): ReadonlyMap<string, readonly HandChange[]> {
  const all = [
    valueChanges,
    robotChanges,
    teamChanges,
    defaultPermissionChanges,
    quotaChanges,
    autoPruneChanges,
    immutabilityChanges,
    proxyCacheChanges,
    repositoryChanges,
  ].flatMap((changes) => changes(spec));
  const kinds = new Map<string, HandChange[]>();
  for (const change of all) kinds.set(change.kind, [...(kinds.get(change.kind) ?? []), change]);
  return kinds;
}
