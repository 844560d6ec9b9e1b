import { proxyCache as proxyCacheSchema, quota as quotaSchema, repositoryName } from '../../api/index.js';
import type { QuayOrganizationSpec, Team } from '../../api/index.js';
import { compareText } from '../keyed.js';
import { markerTeam, readMark } from '../../ownership/index.js';
import type { ObservedOrganization, ObservedRepository, ObservedTeam } from '../observed.js';
import { durationText, sizeText } from '../quantities.js';
import { declareDefaultPermissions, statePermissions } from './grants.js';
import { leavingOut, type LeftOut } from './left-out.js';
import { fitting, statePolicies } from './policies.js';
import { stateRepository } from './repository.js';

/** Where an exported document will be used. */
export interface ExportOptions {
  readonly integration: string;
  /** Whose token read it: the permission that Quay gives to the creator of a repository is not declared. */
  readonly tokenUser?: string;
}

/** An organization as a person's document, and in words what the document cannot hold. */
export interface ExportedOrganization {
  readonly spec: QuayOrganizationSpec;
  readonly leftOut: readonly string[];
}

/** A document that declares all of an organization that can be declared; applied to the same organization, it changes nothing. */
export function organizationDocument(observed: ObservedOrganization, options: ExportOptions): ExportedOrganization {
  const leftOut = leavingOut();
  const { name, tagExpirationSeconds, robots } = observed;
  const repositories = observed.repositories.filter((repository) => hasUsableName(repository, leftOut));
  const permissions = statePermissions({ ...observed, repositories }, options.tokenUser, leftOut);
  const spec: QuayOrganizationSpec = {
    integration: options.integration,
    name,
    deletionPolicy: 'Retain',
    repositoryDeletionPolicy: 'Retain',
    ...stateEmail(observed.email),
    tagExpiration: durationText(tagExpirationSeconds),
    robots: robots
      .map(({ name, description }) => (description === '' ? { name } : { name, description }))
      .toSorted(byName),
    teams: observed.teams.flatMap((team) => stateTeam(team, leftOut)).toSorted(byName),
    defaultPermissions: declareDefaultPermissions(observed, leftOut),
    ...stateQuota(observed, leftOut),
    ...statePolicies(observed, 'of the organization', leftOut),
    ...stateProxyCache(observed, leftOut),
    repositories: repositories
      .map((repository) => stateRepository(repository, permissions.get(repository.name) ?? [], leftOut))
      .toSorted(byName),
  };
  return { spec, leftOut: leftOut.list() };
}

function hasUsableName({ name }: ObservedRepository, leftOut: LeftOut): boolean {
  const add = (): void => leftOut.add(`repository ${name}, whose name registry clients or Quay's API refuse`);
  return fitting(repositoryName, name, add).length > 0;
}

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  compareText(one.name, other.name);

/** Older Quays show a random UUID where no address is set. */
function stateEmail(email: string): Pick<QuayOrganizationSpec, 'email'> {
  const isRandom = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(email);
  return email.length < 3 || isRandom ? {} : { email };
}

function stateTeam(team: ObservedTeam, leftOut: LeftOut): Team[] {
  const { name, role, description } = team;
  if (name === markerTeam) {
    if (readMark(markerTeam, description, {}).kind === 'Invalid')
      leftOut.add(`team ${markerTeam}, whose name is reserved for the ownership marker of Quayside`);
    return [];
  }
  return [{ name, role, ...(description === '' ? {} : { description }), ...statePeople(team, leftOut) }];
}

/** People come and go with a group that the team follows; robots are in the team by hand. */
function statePeople({ name, members, synced, sync }: ObservedTeam, leftOut: LeftOut): Pick<Team, 'members' | 'sync'> {
  if (members === undefined) leftOut.add(`members of team ${name}`);
  if (synced === true && sync === undefined) leftOut.add(`group that team ${name} follows`);
  const declared = (members ?? []).filter((member) => synced !== true || member.includes('+'));
  return {
    ...(declared.length === 0 ? {} : { members: [...declared].sort() }),
    ...(synced === true && sync !== undefined ? { sync } : {}),
  };
}

function stateQuota({ quota }: ObservedOrganization, leftOut: LeftOut): Pick<QuayOrganizationSpec, 'quota'> {
  if (quota == null) return {};
  const limits = quota.limits
    .map(({ type, percent }) => ({ type, percent }))
    .toSorted((one, other) => compareText(one.type, other.type) || one.percent - other.percent);
  const [declared] = fitting(quotaSchema, { size: sizeText(quota.bytes), limits }, () => leftOut.add('quota'));
  return declared === undefined ? {} : { quota: declared };
}

function stateProxyCache(observed: ObservedOrganization, leftOut: LeftOut): Pick<QuayOrganizationSpec, 'proxyCache'> {
  if (observed.proxyCache == null) return {};
  leftOut.add('credentials of the proxy cache, which Quay does not show');
  const [declared] = fitting(proxyCacheSchema, observed.proxyCache, () => leftOut.add('proxy cache'));
  return declared === undefined ? {} : { proxyCache: declared };
}
