import { type ConfigMapping, type ConfigValue } from '../config/value.js';
import { type FaultText } from '../faults.js';
import { type NewRandomValues, type StoredKeys } from '../inputs.js';

/** The generated keys and passwords that are in use; empty text where nothing says them and nothing may be generated. */
export interface Keys {
  readonly databaseSecretKey: string;
  readonly secretKey: string;
  /** Of the managed or the user's database. */
  readonly databaseUri: string;
  readonly databaseRootPassword: string;
  readonly scannerKey: string;
  readonly clairUser: string;
  readonly clairDatabase: string;
  readonly clairPassword: string;
  readonly clairRootPassword: string;
  /** Absent: Redis was set up without. */
  readonly redisPassword?: string;
}

export interface KeyInputs {
  readonly config: ConfigMapping;
  readonly stored: StoredKeys;
  readonly random: NewRandomValues;
  /** Name of the Service, the database and its role. */
  readonly database: string;
  readonly managed: {
    readonly postgres: boolean;
    readonly clairpostgres: boolean;
    readonly clair: boolean;
    readonly redis: boolean;
  };
  /** Whether a database has data, so that a new key would make it unreadable. */
  readonly databaseLives: boolean | 'unknown';
  /** The configuration that was last in use, to recover keys from. */
  readonly liveConfig?: ConfigMapping | undefined;
}

/** Contents of the keys Secret, those that are new, and what is wrong. */
export interface KeyResult {
  readonly keys: Keys;
  readonly contents: Readonly<Record<string, string>>;
  readonly newKeys: readonly string[];
  readonly faults: readonly FaultText[];
}

/** The user's value, else the stored one, else one of the configuration in use, else a new one, where nothing can be lost by it. */
export function keysOf(inputs: KeyInputs): KeyResult {
  const { config, stored, random, managed, liveConfig } = inputs;
  const values = stored.known ? (stored.values ?? {}) : {};
  const isFirst = stored.known && stored.values === undefined;
  const newKeys: string[] = [];
  const lost: string[] = [];
  const found = (name: string): string | undefined =>
    textIn(config[name]) ?? textIn(values[name]) ?? (isFirst ? textIn(liveConfig?.[name]) : undefined);
  const made = (name: string, value: string, guarded: boolean): string => {
    if (!stored.known) return '';
    const mayBeLost = guarded && inputs.databaseLives !== false;
    (mayBeLost ? lost : newKeys).push(name);
    return mayBeLost ? '' : value;
  };
  const guarded = (name: string, value: string): string => found(name) ?? made(name, value, true);
  // No user's value: these passwords are no keys of Quay.
  const own = (name: string, value: string): string => textIn(values[name]) ?? made(name, value, false);

  const databaseSecretKey = guarded('DATABASE_SECRET_KEY', random.databaseSecretKey);
  const secretKey = guarded('SECRET_KEY', random.secretKey);
  const { database } = inputs;
  const newUri = `postgresql://${database}:${random.databasePassword}@${database}:5432/${database}`;
  const databaseUri = managed.postgres ? guarded('DB_URI', newUri) : (textIn(config['DB_URI']) ?? '');
  const databaseRootPassword = managed.postgres
    ? own('DB_ROOT_PW', random.databaseRootPassword)
    : (values['DB_ROOT_PW'] ?? '');
  const psk = Buffer.from(random.scannerKey).toString('base64');
  const scannerKey = managed.clair
    ? (found('SECURITY_SCANNER_V4_PSK') ?? made('SECURITY_SCANNER_V4_PSK', psk, false))
    : (values['SECURITY_SCANNER_V4_PSK'] ?? '');
  const clair = clairKeys(inputs, values, own);
  const redisPassword = redisKey(inputs, values, isFirst, own);
  const keys = {
    databaseSecretKey,
    secretKey,
    databaseUri,
    databaseRootPassword,
    scannerKey,
    ...clair,
    ...(redisPassword !== undefined && { redisPassword }),
  };
  return { keys, contents: contentsOf(values, keys), newKeys, faults: keyFaults(inputs, lost) };
}

type Own = (name: string, value: string) => string;
type Values = Readonly<Record<string, string>>;

/** Keys that exist without a password of Clair's database are of an old release, whose password was fixed. */
function clairKeys({ managed, random }: KeyInputs, values: Values, own: Own) {
  const clairUser = textIn(values['CLAIR_DB_USER']) ?? (managed.clairpostgres ? 'postgres' : '');
  const clairDatabase = textIn(values['CLAIR_DB_NAME']) ?? (managed.clairpostgres ? 'postgres' : '');
  const isOld = Object.keys(values).length > 0 && textIn(values['CLAIR_DB_PASSWORD']) === undefined;
  const value = isOld ? 'postgres' : random.clairDatabasePassword;
  const clairPassword = managed.clairpostgres ? own('CLAIR_DB_PASSWORD', value) : (values['CLAIR_DB_PASSWORD'] ?? '');
  // The image sets the administrator's password on the same role.
  return { clairUser, clairDatabase, clairPassword, clairRootPassword: clairPassword };
}

/** A registry that began without a password keeps going without: its pods would restart for nothing. */
function redisKey({ managed, random }: KeyInputs, values: Values, isFirst: boolean, own: Own): string | undefined {
  const stored = textIn(values['REDIS_PASSWORD']);
  if (!managed.redis) return undefined;
  return stored ?? (isFirst ? own('REDIS_PASSWORD', random.redisPassword) : undefined);
}

function contentsOf(values: Values, keys: Keys): Values {
  const { CONFIG_EDITOR_PW: _gone, ...kept } = values;
  const current = {
    DATABASE_SECRET_KEY: keys.databaseSecretKey,
    SECRET_KEY: keys.secretKey,
    DB_URI: keys.databaseUri,
    DB_ROOT_PW: keys.databaseRootPassword,
    SECURITY_SCANNER_V4_PSK: keys.scannerKey,
    CLAIR_DB_USER: keys.clairUser,
    CLAIR_DB_NAME: keys.clairDatabase,
    CLAIR_DB_PASSWORD: keys.clairPassword,
    CLAIR_DB_ROOT_PW: keys.clairRootPassword,
    REDIS_PASSWORD: keys.redisPassword ?? '',
  };
  return { ...kept, ...Object.fromEntries(Object.entries(current).filter(([, value]) => value !== '')) };
}

function keyFaults({ stored, databaseLives }: KeyInputs, lost: readonly string[]): readonly FaultText[] {
  if (!stored.known) {
    const hint = 'Allow reading it, and try again; nothing is generated while it may be there.';
    return [{ path: '', message: `could not be read: ${stored.reason}`, hint, reason: 'Unknown' }];
  }
  if (lost.length === 0) return [];
  if (databaseLives === 'unknown') {
    const message = `lacks ${lost.join(', ')}, and whether a database with data needs them could not be found out`;
    const hint = 'Allow reading PersistentVolumeClaims, and try again; nothing is generated until then.';
    return [{ path: lost[0] ?? '', message, hint, reason: 'Unknown' }];
  }
  const message = `lacks ${lost.join(', ')}, and a database with data needs them`;
  const hint =
    'Restore the Secret from a backup, or state the keys in the bundle; a new key would make the data unreadable.';
  return [{ path: lost[0] ?? '', message, hint, reason: 'KeysLost' }];
}

function textIn(value: ConfigValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
