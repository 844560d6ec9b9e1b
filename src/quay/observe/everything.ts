import type { Needs, ObservedOrganization, RepositoryNeeds } from '../../plan/index.js';
import { isAddressable } from '../transport/address.js';

const allOfARepository: RepositoryNeeds = {
  userPermissions: true,
  autoPrune: true,
  immutability: true,
  mirror: true,
  notifications: true,
};

/** Nothing beside the four calls that every observation makes. */
export const nothingMore: Needs = {
  roles: false,
  teamPermissions: [],
  teamMembers: [],
  autoPrune: false,
  immutability: false,
  proxyCache: false,
  repositories: {},
};

/** All that can be read of an organization that was observed once, for an export; of some names Quay shows no more than that they exist. */
export function everything(organization: Pick<ObservedOrganization, 'teams' | 'repositories'>): Needs {
  const teams = organization.teams.map((team) => team.name);
  return {
    roles: true,
    teamPermissions: teams,
    teamMembers: teams,
    autoPrune: true,
    immutability: true,
    proxyCache: true,
    repositories: Object.fromEntries(
      organization.repositories.filter(({ name }) => isAddressable(name)).map(({ name }) => [name, allOfARepository]),
    ),
  };
}
