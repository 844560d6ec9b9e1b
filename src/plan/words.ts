import type { GranteeKind } from '../api/index.js';
import { oneLine } from '../text/index.js';
import type { Change } from './change.js';
import { match, type PerChange } from './match.js';
import { durationText, sizeText } from './quantities.js';
import { secretDrawnBy } from './secret-refs.js';
import { pruneKey } from './managed-items.js';

const who = (kind: GranteeKind, name: string): string => `${kind} ${name}`;
const by = (creator: string): string => (creator === '' ? '' : ` made by ${creator}`);
const where = (repository: string | undefined): string =>
  repository === undefined ? 'in every repository' : `in ${repository}`;
const tags = (policy: { readonly tagPattern: string; readonly tagPatternMatches: boolean }): string =>
  `tags ${policy.tagPatternMatches ? '' : 'other than '}${policy.tagPattern}`;
const groupOf = (group: Readonly<Record<string, string | undefined>>): string =>
  Object.values(group).find((value) => value !== undefined) ?? '';

/** Kinds that speak of the organization as a whole, and of who is in it. */
const people = {
  CreateOrganization: () => 'create the organization',
  UpdateOrganization: ({ email, tagExpirationSeconds }) =>
    [
      email === undefined ? [] : [`set the e-mail address to ${email}`],
      tagExpirationSeconds === undefined ? [] : [`keep deleted tags for ${durationText(tagExpirationSeconds)}`],
    ]
      .flat()
      .join(' and '),
  DeleteOrganization: () => 'delete the organization with all its images',
  WriteMarker: () => 'write the ownership marker of Quayside',
  CreateRobot: ({ robot }) => `create robot ${robot}`,
  DeleteRobot: ({ robot }) => `delete robot ${robot} and its token`,
  PutTeam: ({ team, role, exists, from }) => {
    if (!exists) return `create team ${team} as ${role}`;
    return from === undefined ? `change the description of team ${team}` : `make team ${team} ${role}, was ${from}`;
  },
  DeleteTeam: ({ team }) => `delete team ${team}`,
  AddTeamMember: ({ team, member }) => `add ${member} to team ${team}`,
  RemoveTeamMember: ({ team, member }) => `remove ${member} from team ${team}`,
  SyncTeam: ({ team, group }) => `let team ${team} follow group ${groupOf(group)}`,
  UnsyncTeam: ({ team }) => `stop team ${team} following its group`,
} satisfies Partial<PerChange<string>>;

/** Kinds that are about permissions and policies of all repositories. */
const rules = {
  CreateDefaultPermission: ({ kind, name, role, creator }) =>
    `give ${who(kind, name)} ${role} on new repositories${by(creator)}`,
  UpdateDefaultPermission: ({ kind, name, role, from, creator }) =>
    `give ${who(kind, name)} ${role}, was ${from}, on new repositories${by(creator)}`,
  DeleteDefaultPermission: ({ kind, name, role, creator }) =>
    `no longer give ${who(kind, name)} ${role} on new repositories${by(creator)}`,
  SetQuota: ({ bytes, from }) =>
    `set the quota to ${sizeText(bytes)}${from === undefined ? '' : `, was ${sizeText(from)}`}`,
  DeleteQuota: () => 'remove the quota',
  CreateQuotaLimit: ({ limit, percent }) =>
    `${limit === 'Reject' ? 'reject pushes' : 'warn'} at ${percent}% of the quota`,
  DeleteQuotaLimit: ({ limit, percent }) =>
    `no longer ${limit === 'Reject' ? 'reject pushes' : 'warn'} at ${percent}% of the quota`,
  CreateAutoPrune: ({ repository, policy }) => `prune tags ${where(repository)}: ${pruneKey(policy)}`,
  DeleteAutoPrune: ({ repository, policy }) => `no longer prune tags ${where(repository)}: ${pruneKey(policy)}`,
  CreateImmutability: ({ repository, policy }) => `make ${tags(policy)} immutable ${where(repository)}`,
  UpdateImmutability: ({ repository, policy }) => `make ${tags(policy)} immutable ${where(repository)} instead`,
  DeleteImmutability: ({ repository, tagPattern, tagPatternMatches = true }) =>
    `no longer make new ${tags({ tagPattern, tagPatternMatches })} immutable ${where(repository)}`,
  SetProxyCache: ({ proxyCache }) =>
    `cache ${proxyCache.upstreamRegistry}${proxyCache.insecure ? ' over plain HTTP' : ''}`,
  DeleteProxyCache: () => 'stop being a cache',
} satisfies Partial<PerChange<string>>;

/** Kinds that speak of one repository. */
const repositories = {
  CreateRepository: ({ repository, visibility }) => `create ${visibility} repository ${repository}`,
  DeleteRepository: ({ repository }) => `delete repository ${repository} with all its images`,
  SetDescription: ({ repository }) => `change the description of ${repository}`,
  SetVisibility: ({ repository, visibility }) => `make ${repository} ${visibility}`,
  SetPermission: ({ repository, kind, name, role, from }) =>
    `give ${who(kind, name)} ${role}${from === undefined ? '' : `, was ${from},`} on ${repository}`,
  DeletePermission: ({ repository, kind, name }) => `take ${who(kind, name)} off ${repository}`,
  SetMirror: ({ repository, mirror, fields }) =>
    fields === undefined
      ? `fill ${repository} from ${mirror.externalReference}`
      : `change ${fields.map((field) => (field === 'passwordSecretRef' ? 'password' : field)).join(', ')} of the mirror ${repository}`,
  StopMirror: ({ repository }) => `stop mirroring into ${repository}`,
  CreateNotification: ({ repository, notification }) =>
    `notify ${notification.method} of ${notification.event} in ${repository} (${notification.title})`,
  DeleteNotification: ({ repository, title }) => `remove notification ${title} of ${repository}`,
  ResetNotification: ({ repository, title }) => `switch notification ${title} of ${repository} on again`,
} satisfies Partial<PerChange<string>>;

const words: PerChange<string> = { ...people, ...rules, ...repositories };

/** One change in one line of plain words, without the name of the organization. */
export function wordsOf(change: Change): string {
  return oneLine(`${match(words, change)}${drawing(change)}`.replaceAll(/\s+/g, ' '));
}

/** A reviewer sees which Secret is drawn. */
function drawing(change: Change): string {
  const drawn = secretDrawnBy(change);
  if (drawn === undefined) return '';
  const { name, key } = drawn.ref;
  return `, with Secret ${name} (key ${key})`;
}
