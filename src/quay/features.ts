import { quayDuration, quayDurationSeconds } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { objectOrEmpty } from '../json/index.js';
import { asked } from './answer/failure.js';
import { type JsonObject, objectOf } from './answer/fields.js';
import type { Ask } from './ask.js';
import { hasCode } from './identity.js';
import { address } from './transport/address.js';
import type { Call } from './transport/call.js';

/** What a Quay offers, by its version and its configuration. */
export interface Features {
  /** As Quay says it; empty when it does not. Upstream builds may name an old one. */
  readonly version: string;
  /** Superusers may do everything everywhere. */
  readonly superusersFullAccess: boolean;
  /** With that, `GET organization` shows them everything as well. */
  readonly fullOrganizationBodies: boolean;
  readonly quota: boolean;
  /** A quota may have limits: from 3.16 on that takes superusers with full access. */
  readonly quotaLimits: boolean;
  readonly autoPrune: boolean;
  /** Several policies, and such as look at tags. */
  readonly autoPrunePatterns: boolean;
  readonly immutability: boolean;
  readonly mirror: boolean;
  /** The architectures of a mirror can be chosen. */
  readonly mirrorArchitectures: boolean;
  readonly organizationMirror: boolean;
  readonly organizationNotifications: boolean;
  readonly federation: boolean;
  readonly proxyCache: boolean;
  readonly teamSync: boolean;
  /** The expiry of deleted tags can be changed. */
  readonly tagExpiration: boolean;
  /** Seconds that it can be set to; absent where Quay does not say. */
  readonly tagExpirationOptions?: readonly number[];
  /** Quay sends mail: users are invited into teams, and up to 3.17 an organization needs an address. */
  readonly mailing: boolean;
}

const config: Call = { method: 'GET', path: '/config', route: '/config' };
const discovery: Call = { method: 'GET', ...address('discovery') };

/** Reads the features, from the configuration or, before 3.8, from the list of routes. */
export async function readFeatures(ask: Ask): Promise<Features> {
  const body = await configuration(ask);
  return body === undefined ? fromRoutes(await routes(ask)) : fromConfiguration(ask, body);
}

async function configuration(ask: Ask): Promise<JsonObject | undefined> {
  try {
    const body = await ask.find(config);
    return body === undefined ? undefined : objectOf(body, asked(config), 'the configuration');
  } catch (error) {
    if (hasCode(error, 'FeatureDisabled', 'UnexpectedAnswer')) return undefined;
    throw error;
  }
}

async function routes(ask: Ask): Promise<ReadonlySet<string>> {
  const body = objectOf(await ask.read(discovery), asked(discovery), 'the list of routes');
  return new Set(Object.keys(objectOf(body.paths, asked(discovery), 'paths')));
}

async function fromConfiguration(ask: Ask, body: JsonObject): Promise<Features> {
  const flags = objectOf(body.features, asked(config), 'features');
  const version = typeof body.version_number === 'string' ? body.version_number.replace(/^Quay\s+/, '') : '';
  const on = (flag: string): boolean => flags[flag] === true;
  // A flag that came with 3.17 says more than the number, which some builds never update.
  const recent = flags.IMMUTABLE_TAGS !== undefined;
  const since = (major: number, minor: number): boolean => recent || atLeast(version, major, minor);
  const federation = since(3, 13) || (await routes(ask)).has(federationRoute);
  const full = on('SUPERUSERS_FULL_ACCESS') && on('SUPER_USERS');
  return {
    version,
    superusersFullAccess: full,
    fullOrganizationBodies: full && since(3, 16),
    // EDIT_QUOTA came with 3.12; before, the other flag was enough.
    quota: on('QUOTA_MANAGEMENT') && flags.EDIT_QUOTA !== false && flags.SUPER_USERS !== false,
    quotaLimits: full || !since(3, 16),
    autoPrune: on('AUTO_PRUNE'),
    autoPrunePatterns: on('AUTO_PRUNE') && federation,
    immutability: on('IMMUTABLE_TAGS'),
    mirror: on('REPO_MIRROR'),
    mirrorArchitectures: on('REPO_MIRROR') && on('SPARSE_INDEX'),
    organizationMirror: on('ORG_MIRROR'),
    organizationNotifications: on('QUOTA_NOTIFICATIONS'),
    federation,
    proxyCache: on('PROXY_CACHE'),
    teamSync: on('TEAM_SYNCING'),
    tagExpiration: flags.CHANGE_TAG_EXPIRATION !== false,
    ...tagExpirationOptions(body.config),
    mailing: on('MAILING'),
  };
}

/** What Quay lists of them; an entry that is no duration makes the list worth nothing. */
function tagExpirationOptions(config: unknown): Pick<Features, 'tagExpirationOptions'> {
  const { TAG_EXPIRATION_OPTIONS: listed } = objectOrEmpty(config);
  const seconds = Array.isArray(listed) ? listed.map((entry) => quayDuration.safeParse(entry).data) : [undefined];
  const known = seconds.filter((entry) => entry !== undefined).map(quayDurationSeconds);
  return known.length === seconds.length ? { tagExpirationOptions: known } : {};
}

const federationRoute = '/api/v1/organization/{orgname}/robots/{robot_shortname}/federation';

function fromRoutes(paths: ReadonlySet<string>): Features {
  if (!paths.has('/api/v1/organization/{orgname}')) {
    throw new TerminalError('UnexpectedAnswer', `${asked(discovery)}: this does not look like a Quay`);
  }
  const organization = (rest: string): boolean => paths.has(`/api/v1/organization/{orgname}/${rest}`);
  return {
    version: '',
    superusersFullAccess: false,
    fullOrganizationBodies: false,
    quota: organization('quota'),
    quotaLimits: true,
    autoPrune: organization('autoprunepolicy/'),
    autoPrunePatterns: organization('autoprunepolicy/') && paths.has(federationRoute),
    immutability: organization('immutabilitypolicy/'),
    mirror: paths.has('/api/v1/repository/{repository}/mirror'),
    mirrorArchitectures: false,
    organizationMirror: organization('mirror'),
    organizationNotifications: organization('notifications'),
    federation: paths.has(federationRoute),
    proxyCache: organization('proxycache'),
    teamSync: organization('team/{teamname}/syncing'),
    tagExpiration: true,
    mailing: organization('team/{teamname}/invite/{email}'),
  };
}

function atLeast(version: string, major: number, minor: number): boolean {
  const [, first, second] = /(\d{1,9})\.(\d{1,9})/.exec(version) ?? [];
  if (first === undefined || second === undefined) return false;
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}

/** Remembers the features for ten minutes; a failure is not remembered. */
export function featuresOf(ask: Ask, now: () => number): () => Promise<Features> {
  let known: { readonly since: number; readonly features: Promise<Features> } | undefined;
  return async () => {
    if (known === undefined || now() - known.since > 600_000) known = { since: now(), features: readFeatures(ask) };
    const mine = known;
    try {
      return await mine.features;
    } catch (error) {
      if (known === mine) known = undefined;
      throw error;
    }
  };
}
