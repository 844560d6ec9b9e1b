import { type Random } from '../random.js';
import { insertById } from './by-id.js';
import { applicablePrototypes, isTeam } from './prototypes.js';
import { type Namespace, type Principal, type Repository, type Team } from './model.js';
import { type RepositoryRole } from './records.js';
import { type State, takeId } from './state.js';

interface NewRepository {
  readonly namespace: Namespace;
  readonly name: string;
  readonly description: string;
  readonly creator: Principal;
  readonly visibility: Repository['visibility'];
}

/** Adds a repository: its maker becomes admin, and the default permissions of the organization apply. */
export function addRepository(state: State, random: Random, { creator, ...repository }: NewRepository): Repository {
  const { namespace } = repository;
  const added: Repository = {
    ...repository,
    id: takeId(state),
    state: 'NORMAL',
    statusToken: random.uuid(),
    users: new Map(),
    teams: new Map(),
    autoPrunePolicies: new Map(),
    immutabilityPolicies: new Map(),
    notifications: new Map(),
    tags: new Map(),
    labels: new Map(),
    mirror: undefined,
    mirrorRules: [],
  };
  namespace.repositories.set(added.name, added);
  insertById(state.repositoryOrder, added);
  setUserRole(added, creator, 'admin');
  for (const { delegate, role } of applicablePrototypes(namespace, creator)) {
    if (isTeam(delegate)) setTeamRole(added, delegate, role);
    else setUserRole(added, delegate, role);
  }
  return added;
}

/** The repository of this path. */
export function findRepository(state: State, namespace: string, name: string): Repository | undefined {
  return state.namespaces.get(namespace)?.repositories.get(name);
}

/** Gives a user or robot a role. */
export function setUserRole(repository: Repository, user: Principal, role: RepositoryRole): void {
  repository.users.set(user, role);
  user.permissions.set(repository, role);
}

/** Gives a team a role. */
export function setTeamRole(repository: Repository, team: Team, role: RepositoryRole): void {
  repository.teams.set(team, role);
  team.permissions.set(repository, role);
}

/** Deletes a repository: until the garbage collector ran its permissions stay, under a name that is a uuid. */
export function deleteRepository(state: State, random: Random, repository: Repository): void {
  const { namespace } = repository;
  namespace.repositories.delete(repository.name);
  repository.name = random.uuid();
  repository.state = 'MARKED_FOR_DELETION';
  namespace.tombstones.add(repository);
  state.namespacesWithTombstones.add(namespace);
}

/** Removes what is left of a deleted repository. */
export function purgeRepository(repository: Repository): void {
  for (const user of repository.users.keys()) user.permissions.delete(repository);
  for (const team of repository.teams.keys()) team.permissions.delete(repository);
  repository.mirror?.robot.mirrors.delete(repository);
  repository.namespace.tombstones.delete(repository);
}
