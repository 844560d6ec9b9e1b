import { describe, expect, test } from '@jest/globals';
import { readBundle } from '../../src/registry/bundle/index.js';
import { checkQuayConfig, missingKeys, quayKeys } from '../../src/registry/quay-config/index.js';

const check = (config: string) => checkQuayConfig(readBundle('bundle', { stringData: { 'config.yaml': config } }));
const texts = (config: string): string[] => check(config).map(({ path, message }) => `${path}: ${message}`);

describe("Quay's configuration", () => {
  test('knows every key of the schema and of the validator', () => {
    expect(Object.keys(quayKeys).length).toBeGreaterThan(350);
  });

  test('a misspelt key is a warning with the nearest name and its line', () => {
    expect(check('TESTING: false\nFEATURE_MAILNG: true\n')).toMatchObject([
      {
        severity: 'warning',
        path: 'FEATURE_MAILNG',
        line: 2,
        message: 'is no key that Quay is known to read',
        hint: 'Did you mean FEATURE_MAILING?',
      },
    ]);
    expect(texts('ACME_LOGIN_CONFIG: {OIDC_SERVER: x}\n')).toEqual([]);
  });

  test('values are of their type, nested ones too', () => {
    expect(
      texts('FEATURE_MAILING: "true"\nBUILDLOGS_REDIS: {port: 6379}\nSUPER_USERS: [1, a]\nAUTHENTICATION_TYPE: Ldap\n'),
    ).toEqual([
      'FEATURE_MAILING: has to be true or false',
      'BUILDLOGS_REDIS.host: is missing',
      'SUPER_USERS[0]: has to be text',
      'AUTHENTICATION_TYPE: is none of the values that Quay knows',
    ]);
    expect(texts('REGISTRY_TITLE: 2024-01-01\nMAIL_PORT: 0x19\n')).toEqual(['REGISTRY_TITLE: has to be text']);
  });

  test('durations have a number and a unit, and the default is among the options', () => {
    expect(texts('SESSION_TIMEOUT: 5 minutes\nDEFAULT_TAG_EXPIRATION: 4w\nTAG_EXPIRATION_OPTIONS: [2w, 1y]\n')).toEqual(
      [
        'SESSION_TIMEOUT: is no duration',
        'TAG_EXPIRATION_OPTIONS[1]: is no duration',
        'DEFAULT_TAG_EXPIRATION: is not among TAG_EXPIRATION_OPTIONS',
      ],
    );
  });

  test("N13 a TLS protocol that Quay's validator refuses is a fault", () => {
    expect(texts('SSL_PROTOCOLS: [TLSv1, TLSv1.2]\n')).toEqual(["SSL_PROTOCOLS[0]: is refused by Quay's validator"]);
  });

  test('what Quay does not start without is asked for', () => {
    expect(missingKeys('config', { SERVER_HOSTNAME: 'q' }).map(({ path }) => path)).toContain('DB_URI');
    expect(missingKeys('config', { SERVER_HOSTNAME: 'q' }).map(({ path }) => path)).not.toContain('SERVER_HOSTNAME');
  });

  test('of thousands of unknown keys it names some, and counts the others', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => `UNKNOWN_${at}: 1\n`).join('');
    const said = texts(keys);
    expect(said).toHaveLength(51);
    expect(said[50]).toContain('and 19949 more are no keys');
  });
});
