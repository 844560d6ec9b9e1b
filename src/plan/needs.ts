import type { QuayOrganizationSpec, Repository } from '../api/index.js';
import { markerTeam } from '../ownership/index.js';
import type { Inventory } from './inventory.js';
import type { Needs, RepositoryNeeds } from './observed.js';
import { isEverywhere, itemParts } from './managed-items.js';

/** What has to be read beside the calls that every observation makes: what is declared, and what we made. */
export function needsOf(
  spec: QuayOrganizationSpec,
  inventory: Inventory | undefined,
  options: { readonly roles: boolean },
): Needs {
  const made = (inventory?.managedItems ?? []).map(itemParts);
  const madeFor = (kind: string): readonly (readonly string[])[] => made.filter(([first]) => first === kind);
  const permissions = spec.repositories.flatMap((repository) => repository.permissions ?? []);
  const everywhere = (kind: string): boolean => madeFor(kind).some(([, scope]) => isEverywhere(scope));
  return {
    roles: options.roles,
    teamPermissions: unique([
      ...permissions.flatMap(({ kind, name }) => (kind === 'team' ? [name] : [])),
      ...madeFor('permission').flatMap(([, , kind, name]) => (kind === 'team' && name !== undefined ? [name] : [])),
    ]),
    teamMembers: unique([
      ...spec.teams.filter((team) => team.members !== undefined || team.sync !== undefined).map(({ name }) => name),
      ...madeFor('team').flatMap(([, team, detail]) => (detail === undefined || team === undefined ? [] : [team])),
    ]).filter((name) => name !== markerTeam),
    autoPrune: (spec.autoPrune ?? []).length > 0 || everywhere('autoPrune'),
    immutability: (spec.immutability ?? []).length > 0 || everywhere('immutability'),
    proxyCache: spec.proxyCache !== undefined || madeFor('proxyCache').length > 0,
    repositories: repositoryNeeds(spec.repositories, made),
  };
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** Which need an entry of the inventory stands for. */
const needOf: Readonly<Record<string, keyof RepositoryNeeds>> = {
  autoPrune: 'autoPrune',
  immutability: 'immutability',
  mirror: 'mirror',
  notification: 'notifications',
};

function repositoryNeeds(
  repositories: readonly Repository[],
  made: readonly (readonly string[])[],
): Readonly<Record<string, RepositoryNeeds>> {
  const all = new Map<string, RepositoryNeeds>();
  for (const [name, need] of [...repositories.flatMap(declaredNeeds), ...made.flatMap(madeNeeds)])
    all.set(name, { ...all.get(name), [need]: true });
  return Object.fromEntries([...all].sort(([one], [other]) => (one < other ? -1 : 1)));
}

type RepositoryNeed = readonly [repository: string, need: keyof RepositoryNeeds];

function declaredNeeds(repository: Repository): readonly RepositoryNeed[] {
  const declared: Readonly<Record<keyof RepositoryNeeds, boolean>> = {
    userPermissions: (repository.permissions ?? []).some(({ kind }) => kind === 'user'),
    autoPrune: (repository.autoPrune ?? []).length > 0,
    immutability: (repository.immutability ?? []).length > 0,
    mirror: repository.mirror !== undefined,
    notifications: (repository.notifications ?? []).length > 0,
  };
  const needs = Object.entries(declared) as [keyof RepositoryNeeds, boolean][];
  return needs.flatMap(([need, wanted]) => (wanted ? [[repository.name, need] as const] : []));
}

function madeNeeds([kind = '', repository, grantee]: readonly string[]): readonly RepositoryNeed[] {
  if (repository === undefined || isEverywhere(repository)) return [];
  const need = kind === 'permission' && grantee === 'user' ? 'userPermissions' : needOf[kind];
  return need === undefined ? [] : [[repository, need]];
}
