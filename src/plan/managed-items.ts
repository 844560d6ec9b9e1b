import type { AutoPrunePolicy, GranteeKind } from '../api/index.js';

/** Names of items inside an organization, as the inventory keeps them: parts between slashes, each escaped. */
const managedItem = (kind: string, ...parts: readonly string[]): string =>
  parts.reduce((name, part) => `${name}/${encodePart(part)}`, kind);

// Nearly every part is plain, and escaping those was a twentieth of a plan without changes.
const special = /[^\w.!~*'()-]/;

function encodePart(part: string): string {
  return special.test(part) ? encodeURIComponent(part) : part;
}

/** Stands for the whole organization where a repository could stand. */
const everywhere = '*';

type PrunePolicy = Omit<AutoPrunePolicy, 'tagPatternMatches'> & { readonly tagPatternMatches: boolean };

/** What makes an auto-prune policy this one and not another: all its fields. */
export function pruneKey(policy: PrunePolicy): string {
  const tags = policy.tagPattern === undefined ? '' : policy.tagPattern.trim();
  const which = tags === '' ? '' : ` of ${policy.tagPatternMatches ? '' : 'not '}${tags}`;
  return `${policy.olderThan === undefined ? `keep ${policy.numberOfTags ?? 0}` : `older than ${policy.olderThan}`}${which}`;
}

/** The name of each kind of item in the inventory. */
export const managedItems = {
  robot: (robot: string): string => managedItem('robot', robot),
  /** That a robot had a role: what it may do in repositories that we made came with it. */
  role: (robot: string): string => managedItem('role', robot),
  team: (team: string): string => managedItem('team', team),
  member: (team: string, member: string): string => managedItem('team', team, 'member', member),
  sync: (team: string): string => managedItem('team', team, 'sync'),
  defaultPermission: (kind: GranteeKind, name: string, creator: string): string =>
    creator === ''
      ? managedItem('defaultPermission', kind, name)
      : managedItem('defaultPermission', kind, name, creator),
  quota: (): string => 'quota',
  quotaLimit: (type: string, percent: number): string => managedItem('quota', type, String(percent)),
  /** Where the policies of one repository stand, or those of the whole organization. */
  autoPruneAt: (repository: string | undefined): string => managedItem('autoPrune', repository ?? everywhere),
  autoPrune: (repository: string | undefined, policy: PrunePolicy): string =>
    managedItem('autoPrune', repository ?? everywhere, pruneKey(policy)),
  immutabilityAt: (repository: string | undefined): string => managedItem('immutability', repository ?? everywhere),
  immutability: (repository: string | undefined, tagPattern: string): string =>
    managedItem('immutability', repository ?? everywhere, tagPattern),
  proxyCache: (): string => 'proxyCache',
  /** A repository that somebody wrote down. */
  repository: (repository: string): string => managedItem('repository', repository),
  /** A repository that stands for an image stream. */
  imageStream: (repository: string): string => managedItem('imageStream', repository),
  permission: (repository: string, kind: GranteeKind, name: string): string =>
    managedItem('permission', repository, kind, name),
  mirror: (repository: string): string => managedItem('mirror', repository),
  notification: (repository: string, title: string): string => managedItem('notification', repository, title),
};

/** The first part: the kind of item. */
export function kindOf(name: string): string {
  return name.split('/', 1)[0] ?? '';
}

/** The parts that a name was made of. */
export function itemParts(name: string): readonly string[] {
  const parts = name.split('/');
  return name.includes('%') ? parts.map(decodePart) : parts;
}

/** The name as a person reads it. */
export function itemWords(name: string): string {
  return itemParts(name).join('/');
}

/** A part that was not written by us is taken as it stands. */
function decodePart(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Whether a policy's place is the organization itself. */
export function isEverywhere(part: string | undefined): boolean {
  return part === everywhere;
}
