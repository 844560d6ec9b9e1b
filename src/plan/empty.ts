import type { Offers } from './offers.js';
import type { ObservedOrganization, ObservedRepository } from './observed.js';

/** An organization as Quay makes it; Quay's own time for deleted tags is not known beforehand. */
export function newOrganization(name: string, email: string, offers: Offers): ObservedOrganization {
  return {
    name,
    email,
    tagExpirationSeconds: Number.NaN,
    teams: [{ name: 'owners', role: 'admin', description: '', members: [], synced: false, permissions: [] }],
    robots: [],
    foreignRobots: [],
    defaultPermissions: [],
    repositories: [],
    ...(offers.quota ? { quota: null } : {}),
    ...(offers.autoPrune ? { autoPrune: [] } : {}),
    ...(offers.immutability ? { immutability: [] } : {}),
    ...(offers.proxyCache ? { proxyCache: null } : {}),
  };
}

/** A repository as Quay makes it, before the settings that have calls of their own. */
export function newRepository(
  name: string,
  first: { readonly visibility: 'private' | 'public'; readonly description: string },
  offers: Offers,
): ObservedRepository {
  return {
    name,
    ...first,
    state: 'NORMAL',
    userPermissions: [],
    notifications: [],
    ...(offers.autoPrune ? { autoPrune: [] } : {}),
    ...(offers.immutability ? { immutability: [] } : {}),
    ...(offers.mirror ? { mirror: null } : {}),
  };
}
