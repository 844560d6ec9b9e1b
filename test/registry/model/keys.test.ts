import { describe, expect, test } from '@jest/globals';
import {
  configOf,
  errorsOf,
  externalDatabase,
  type Given,
  kubernetes,
  managed,
  newRandomValues,
  resultOf,
  standalone,
  unmanaged,
} from '../support/inputs.js';

const keysSecret = 'prod-quay-registry-managed-secret-keys';
const stored = (values: Readonly<Record<string, string>>): Given => ({ keys: { known: true, values } });
const complete = {
  DATABASE_SECRET_KEY: 'a',
  SECRET_KEY: 'b',
  DB_URI: 'postgresql://prod-quay-database:pw@prod-quay-database:5432/prod-quay-database',
  DB_ROOT_PW: 'root',
  SECURITY_SCANNER_V4_PSK: 'psk',
  CLAIR_DB_USER: 'postgres',
  CLAIR_DB_NAME: 'postgres',
  CLAIR_DB_PASSWORD: 'clair',
  CLAIR_DB_ROOT_PW: 'clair',
};

describe('keys and passwords', () => {
  test('K35 are made once, and are the same ever after', () => {
    const first = resultOf();
    expect(first.newKeys).toEqual(
      'DATABASE_SECRET_KEY SECRET_KEY DB_URI DB_ROOT_PW SECURITY_SCANNER_V4_PSK CLAIR_DB_PASSWORD REDIS_PASSWORD'.split(
        ' ',
      ),
    );
    const values = first.secrets[keysSecret]?.text ?? {};
    const second = resultOf(stored(values));
    expect(second.newKeys).toEqual([]);
    expect(second.secrets).toEqual(first.secrets);
    expect(second.model).toEqual(first.model);
  });

  test("K35 are the user's where he states them, and stay when he takes them out", () => {
    const given = { ...stored(complete), bundle: { 'config.yaml': 'SECRET_KEY: mine\nDATABASE_SECRET_KEY: own' } };
    const { config, secrets } = resultOf(given);
    expect(config.quay).toMatchObject({ SECRET_KEY: 'mine', DATABASE_SECRET_KEY: 'own' });
    expect(secrets[keysSecret]?.text).toMatchObject({ SECRET_KEY: 'mine', DATABASE_SECRET_KEY: 'own' });
  });

  test('K35 are none but those that a managed component needs', () => {
    const components = unmanaged('postgres', 'clair', 'redis', 'clairpostgres');
    const given = {
      on: kubernetes,
      components,
      bundle: { 'config.yaml': standalone },
      options: { access: { termination: 'edge' } },
    };
    expect(errorsOf(given)).toEqual([]);
    expect(resultOf(given).newKeys).toEqual([]);
    expect(resultOf(given).secrets[keysSecret]?.text).toEqual({
      SECRET_KEY: 'secret-key-canary',
      DATABASE_SECRET_KEY: 'database-secret-key-canary',
      DB_URI: externalDatabase,
    });
  });

  test('are never made anew beside a database that lives', () => {
    const given = { facts: { claims: { 'prod-quay-postgres-13': '50Gi' } } };
    expect(errorsOf(given)).toEqual([
      `error KeysLost Secret/${keysSecret} DATABASE_SECRET_KEY: lacks DATABASE_SECRET_KEY, SECRET_KEY, DB_URI, and a database with data needs them`,
    ]);
    const text = JSON.stringify(resultOf(given).secrets);
    for (const value of [
      newRandomValues.secretKey,
      newRandomValues.databaseSecretKey,
      newRandomValues.databasePassword,
    ]) {
      expect(text).not.toContain(value);
    }
    const partly = { ...given, ...stored({ ...complete, SECRET_KEY: '' }) };
    expect(errorsOf(partly)).toEqual([expect.stringContaining('lacks SECRET_KEY, and')]);
  });

  test('are not made while nobody knows whether a database lives', () => {
    const given = { facts: { databaseLives: 'unknown' as const } };
    expect(errorsOf(given)).toEqual([
      `error Unknown Secret/${keysSecret} DATABASE_SECRET_KEY: lacks DATABASE_SECRET_KEY, SECRET_KEY, DB_URI, and whether a database with data needs them could not be found out`,
    ]);
    expect(errorsOf({ ...given, ...stored(complete) })).toEqual([]);
  });

  test('of Clair have to be base64, whoever states them', () => {
    const psk = (value: string) => ({ bundle: { 'config.yaml': `SECURITY_SCANNER_V4_PSK: ${value}` } });
    expect(errorsOf(psk('bXkta2V5LW9mLWNsYWly'))).toEqual([]);
    expect(configOf(psk('bXkta2V5LW9mLWNsYWly'))['SECURITY_SCANNER_V4_PSK']).toBe('bXkta2V5LW9mLWNsYWly');
    expect(errorsOf(psk('"my key"'))).toEqual([
      'error ConfigInvalid Secret/bundle SECURITY_SCANNER_V4_PSK: is no base64, in which Clair reads it',
    ]);
  });

  test('are recovered from the configuration in use', () => {
    const facts = { databaseLives: true, liveConfig: complete };
    expect(errorsOf({ facts })).toEqual([]);
    expect(configOf({ facts })).toMatchObject({ SECRET_KEY: 'b', DATABASE_SECRET_KEY: 'a', DB_URI: complete.DB_URI });
  });

  test('are not made while nobody knows whether there are some', () => {
    const given: Given = { keys: { known: false, reason: 'forbidden' } };
    expect(errorsOf(given)).toEqual([`error Unknown Secret/${keysSecret} : could not be read: forbidden`]);
    expect(resultOf(given).newKeys).toEqual([]);
    expect(JSON.stringify(resultOf(given).secrets)).not.toContain('random-');
  });

  test("of an old registry keep its password of Clair's database, and Redis without one", () => {
    const { CLAIR_DB_PASSWORD: _a, CLAIR_DB_ROOT_PW: _b, ...old } = complete;
    const { secrets, config } = resultOf(stored({ ...old, CONFIG_EDITOR_PW: 'gone' }));
    expect(secrets['prod-clairpostgres-config-secret']?.text['database-password']).toBe('postgres');
    expect(secrets[keysSecret]?.text).not.toHaveProperty('CONFIG_EDITOR_PW');
    expect(config.quay['BUILDLOGS_REDIS']).toEqual({ host: 'prod-quay-redis', port: 6379 });
    expect(secrets['prod-redis-config-secret']).toBeUndefined();
  });

  test('P22 guard Redis of a new registry', () => {
    const { model, secrets, config } = resultOf();
    expect(model.redis?.passwordSecret).toBe('prod-redis-config-secret');
    const password = secrets['prod-redis-config-secret']?.text['password'];
    expect(config.quay['USER_EVENTS_REDIS']).toEqual({ host: 'prod-quay-redis', port: 6379, password });
  });

  test('give the database the parts of its URI', () => {
    expect(resultOf(stored(complete)).secrets['prod-postgres-config-secret']?.text).toEqual({
      'database-username': 'prod-quay-database',
      'database-password': 'pw',
      'database-name': 'prod-quay-database',
      'database-root-password': 'root',
    });
  });

  test('P11 N5 do not come in names that are too long', () => {
    expect(errorsOf({ name: 'a'.repeat(40), components: [managed('quay')] })).toEqual([]);
    expect(errorsOf({ name: 'a'.repeat(41) })[0]).toContain('makes the Job');
  });
});
