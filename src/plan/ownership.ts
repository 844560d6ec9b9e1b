import type { Origin, QuayIntegrationSpec } from '../api/index.js';
import { markTeam, readMark, writeMark, type Mark } from './ownership-marker.js';
import type { ObservedOrganization } from './observed.js';

/** Whom an organization should belong to. */
export type Identity = Omit<Mark, 'origin'>;

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

/** Whose an organization is; `mark` is the text to write where it is missing or outdated. */
export type Ownership =
  | { readonly verdict: 'Create'; readonly origin: Origin; readonly mark: string }
  | { readonly verdict: 'Ours'; readonly origin: Origin; readonly mark?: string }
  | { readonly verdict: 'TakeOver'; readonly origin: Origin; readonly mark: string; readonly why: string }
  | {
      readonly verdict: 'Refused';
      readonly reason: 'OrganizationNotOurs' | 'NotOrganizationAdmin';
      readonly message: string;
    };

/** Decides whose an organization is. */
export function decideOwnership(facts: OwnershipFacts): Ownership {
  const { observation, identity } = facts;
  switch (observation.state) {
    case 'Absent':
      return { verdict: 'Create', origin: 'created', mark: writeMark({ ...identity, origin: 'created' }) };
    case 'Hidden':
      return { verdict: 'Refused', reason: 'NotOrganizationAdmin', message: hiddenMessage(facts, observation.message) };
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
  const things = [robots, repositories, defaultPermissions, autoPrune, immutability];
  return (
    things.every(({ length }) => length === 0) &&
    observed.quota == null &&
    observed.proxyCache == null &&
    teams.every((team) => team.name === 'owners')
  );
}

function decideObserved(facts: OwnershipFacts, observed: ObservedOrganization): Ownership {
  const team = observed.teams.find(({ name }) => name === markTeam);
  if (team === undefined) return decideUnmarked(facts, observed, 'it carries no mark of Quayside');
  const read = readMark(team.description);
  if (!read.valid) return decideUnmarked(facts, observed, `it has a team "${markTeam}", but ${read.problem}`);
  const { mark } = read;
  const strange = differences(facts, mark);
  if (strange !== undefined) return notOurs(facts, `it is marked for ${strange}`);
  const isCurrent = mark.integration === facts.identity.integration && mark.clusterUID === facts.identity.clusterUID;
  return {
    verdict: 'Ours',
    origin: mark.origin,
    ...(isCurrent ? {} : { mark: writeMark({ ...facts.identity, origin: mark.origin }) }),
  };
}

/** Whom a mark names, where that is somebody else. */
function differences({ identity, previousClusterUID }: OwnershipFacts, mark: Mark): string | undefined {
  if (mark.clusterID !== identity.clusterID) return `cluster ID ${mark.clusterID}`;
  if (mark.clusterUID !== identity.clusterUID && mark.clusterUID !== previousClusterUID)
    return `another cluster with the ID ${mark.clusterID} (UID ${mark.clusterUID})`;
  if (mark.namespace !== identity.namespace)
    return mark.namespace === '' ? 'a document without a namespace' : `namespace ${mark.namespace}`;
  return undefined;
}

function decideUnmarked(facts: OwnershipFacts, observed: ObservedOrganization, state: string): Ownership {
  const { adoption, predecessor, remembered, owners, tokenUser, identity } = facts;
  const text = (origin: Origin): string => writeMark({ ...identity, origin });
  if (remembered !== undefined) return { verdict: 'Ours', origin: remembered, mark: text(remembered) };
  const takeOver = (origin: Origin, why: string): Ownership => ({
    verdict: 'TakeOver',
    origin,
    mark: text(origin),
    why,
  });
  if (isUntouched(observed) && owners?.length === 1 && owners[0] === tokenUser)
    return takeOver('created', `it is empty and ${tokenUser} is its only owner: its creation was cut`);
  if (adoption !== 'Never' && predecessor !== undefined) return takeOver('predecessor', predecessor);
  if (adoption === 'Always') return takeOver('adopted', 'the integration takes over every organization');
  return notOurs(facts, state);
}

function notOurs({ organization, identity }: OwnershipFacts, state: string): Ownership {
  const message =
    `organization ${organization} exists and ${state}, so nothing is written to it; ` +
    `set adoption of integration ${identity.integration} to take it over, or rename one of the two`;
  return { verdict: 'Refused', reason: 'OrganizationNotOurs', message };
}

function hiddenMessage({ organization, tokenUser }: OwnershipFacts, message: string): string {
  return (
    `Quay shows ${tokenUser}, the user of the token, only the public side of organization ${organization} (${message}); ` +
    `add ${tokenUser} to its team owners, or use the token of a superuser with full access`
  );
}
