import type { Origin, QuayIntegrationSpec } from '../api/index.js';
import { markerTeam, readMarker, writeMarker, type OwnershipMarker } from './ownership-marker.js';
import type { ObservedOrganization } from './observed.js';

/** Whom an organization should belong to. */
export type Identity = Omit<OwnershipMarker, 'origin'>;

/** What was read before deciding whose an organization is. */
export interface OwnershipFacts {
  readonly organization: string;
  readonly observation:
    | { readonly state: 'Absent' }
    | { readonly state: 'Hidden'; readonly message: string }
    | { readonly state: 'Observed'; readonly organization: ObservedOrganization };
  readonly identity: Identity;
  /** The UID that this cluster had before, where a person said so. */
  readonly previousClusterUID?: string;
  readonly adoption: QuayIntegrationSpec['adoption'];
  /** Whose token is used. */
  readonly tokenUser: string;
  /** Members of the owners team, when they were read. */
  readonly owners?: readonly string[];
  /** What shows that a predecessor made it, in words. */
  readonly predecessor?: string;
  /** How it came to be ours, as the inventory remembers it. */
  readonly remembered?: Origin;
}

/** Whose an organization is; `marker` is the text to write where it is missing or outdated. */
export type Ownership =
  | { readonly decision: 'Create'; readonly origin: Origin; readonly marker: string }
  | { readonly decision: 'Ours'; readonly origin: Origin; readonly marker?: string }
  | { readonly decision: 'TakeOver'; readonly origin: Origin; readonly marker: string; readonly why: string }
  | {
      readonly decision: 'Refused';
      readonly reason: 'OrganizationNotOurs' | 'NotOrganizationAdmin';
      readonly message: string;
    };

/** Decides whose an organization is. */
export function decideOwnership(facts: OwnershipFacts): Ownership {
  const { observation, identity } = facts;
  switch (observation.state) {
    case 'Absent':
      return { decision: 'Create', origin: 'created', marker: writeMarker({ ...identity, origin: 'created' }) };
    case 'Hidden':
      return {
        decision: 'Refused',
        reason: 'NotOrganizationAdmin',
        message: hiddenMessage(facts, observation.message),
      };
    case 'Observed':
      return decideObserved(facts, observation.organization);
  }
}

/** Whether the owners have to be read before deciding: only for what could be a creation of ours that was cut. */
export function ownersMatter(facts: Pick<OwnershipFacts, 'observation' | 'remembered'>): boolean {
  return (
    facts.observation.state === 'Observed' &&
    facts.remembered === undefined &&
    isUntouched(facts.observation.organization)
  );
}

/** Nothing in it but what Quay itself puts into a new organization. */
function isUntouched(observed: ObservedOrganization): boolean {
  const { teams, robots, repositories, defaultPermissions, autoPrune = [], immutability = [] } = observed;
  const managedItems = [robots, repositories, defaultPermissions, autoPrune, immutability];
  return (
    managedItems.every(({ length }) => length === 0) &&
    observed.quota == null &&
    observed.proxyCache == null &&
    teams.every((team) => team.name === 'owners')
  );
}

function decideObserved(facts: OwnershipFacts, observed: ObservedOrganization): Ownership {
  const team = observed.teams.find(({ name }) => name === markerTeam);
  if (team === undefined) return decideWithoutMarker(facts, observed, 'it has no ownership marker of Quayside');
  const read = readMarker(team.description);
  if (!read.valid) return decideWithoutMarker(facts, observed, `it has a team "${markerTeam}", but ${read.problem}`);
  const { marker } = read;
  const strange = differences(facts, marker);
  if (strange !== undefined) return notOurs(facts, `its ownership marker names ${strange}`);
  const isCurrent =
    marker.integration === facts.identity.integration && marker.clusterUID === facts.identity.clusterUID;
  return {
    decision: 'Ours',
    origin: marker.origin,
    ...(isCurrent ? {} : { marker: writeMarker({ ...facts.identity, origin: marker.origin }) }),
  };
}

/** Whom an ownership marker names, where that is somebody else. */
function differences({ identity, previousClusterUID }: OwnershipFacts, marker: OwnershipMarker): string | undefined {
  if (marker.clusterID !== identity.clusterID) return `cluster ID ${marker.clusterID}`;
  if (marker.clusterUID !== identity.clusterUID && marker.clusterUID !== previousClusterUID)
    return `another cluster with the ID ${marker.clusterID} (UID ${marker.clusterUID})`;
  if (marker.namespace !== identity.namespace)
    return marker.namespace === '' ? 'a document without a namespace' : `namespace ${marker.namespace}`;
  return undefined;
}

function decideWithoutMarker(facts: OwnershipFacts, observed: ObservedOrganization, state: string): Ownership {
  const { adoption, predecessor, remembered, owners, tokenUser, identity } = facts;
  const text = (origin: Origin): string => writeMarker({ ...identity, origin });
  if (remembered !== undefined) return { decision: 'Ours', origin: remembered, marker: text(remembered) };
  const takeOver = (origin: Origin, why: string): Ownership => ({
    decision: 'TakeOver',
    origin,
    marker: text(origin),
    why,
  });
  if (isUntouched(observed) && owners?.length === 1 && owners[0] === tokenUser)
    return takeOver('created', `it is empty and ${tokenUser} is its only owner: its creation was interrupted`);
  if (adoption !== 'Never' && predecessor !== undefined) return takeOver('predecessor', predecessor);
  if (adoption === 'Always') return takeOver('adopted', 'the adoption policy is Always');
  return notOurs(facts, state);
}

function notOurs({ organization, identity }: OwnershipFacts, state: string): Ownership {
  const message =
    `organization ${organization} exists and ${state}, so nothing is written to it; ` +
    `set adoption of integration ${identity.integration} to adopt it, or rename one of the two`;
  return { decision: 'Refused', reason: 'OrganizationNotOurs', message };
}

function hiddenMessage({ organization, tokenUser }: OwnershipFacts, message: string): string {
  return (
    `Quay shows ${tokenUser}, the user of the token, only the public side of organization ${organization} (${message}); ` +
    `add ${tokenUser} to its team owners, or use the token of a superuser with full access`
  );
}
