import fc from 'fast-check';
import { type Component } from '../../../src/api/index.js';
import { quayRegistryOptionsSpec } from '../../../src/api/registry/index.js';
import { customResourceDefinitions } from '../../../src/api/crd/index.js';
import { fitting, withoutFaults } from '../../api/crd/fitting.js';
import { type Given, kubernetes, openshift, standalone } from './inputs.js';

const schemaOf = (name: string) => {
  const crd = customResourceDefinitions().find(({ metadata }) => metadata.name === name);
  return crd?.spec.versions[0].schema.openAPIV3Schema.properties?.['spec'] ?? {};
};

/** Any text in which something secret may stand. */
export const canary = 'canary';

const words = fc.constantFrom(
  ...[
    'quay',
    'postgres',
    'https://x',
    '010',
    '1.0',
    '12345678901234567890',
    '2026-01-02',
    'true',
    'null',
    '[a, b]',
    '{a: b}',
  ],
  ...['""', 'quay.example.test:8443', `pw-${canary}`, 'readonly', '- x', '&a [*a]', '!!binary eA==', '{', '\u0000'],
);
const keys = fc.constantFrom(
  ...'SERVER_HOSTNAME BUILDMAN_HOSTNAME DB_URI DB_CONNECTION_ARGS BUILDLOGS_REDIS USER_EVENTS_REDIS SECRET_KEY'.split(
    ' ',
  ),
  ...'DATABASE_SECRET_KEY DISTRIBUTED_STORAGE_CONFIG DISTRIBUTED_STORAGE_PREFERENCE FEATURE_STORAGE_REPLICATION'.split(
    ' ',
  ),
  ...'SSL_PROTOCOLS SSL_CIPHERS REGISTRY_STATE FEATURE_BUILD_SUPPORT TAG_EXPIRATION_OPTIONS REGISTRY_TITLE MISSPELT'.split(
    ' ',
  ),
);
// A hostname is for everybody to see.
const isPublic = (key: string): boolean => key.endsWith('HOSTNAME');
const config = fc.oneof(
  fc
    .array(fc.tuple(keys, words), { maxLength: 8 })
    .map((lines) =>
      lines.map(([key, value]) => `${key}: ${isPublic(key) ? value.replace(canary, 'host') : value}`).join('\n'),
    ),
  fc.constant(standalone),
  fc.string(),
);
const file = fc.oneof(
  words,
  fc.string(),
  fc.constant(`-----BEGIN CERTIFICATE-----\n${canary}\n-----END CERTIFICATE-----`),
);
const bundle = fc
  .record(
    {
      'config.yaml': config,
      'clair-config.yaml': config,
      'ssl.cert': file,
      'ssl.key': file,
      'clair-ssl.crt': file,
      extra_ca_cert_: file,
      extra_ca_cert_ldap: file,
      'team.config.yaml': config,
    },
    { requiredKeys: [] },
  )
  .map((files): Readonly<Record<string, string>> => files);

/** Components as the API server would take them. */
const components = fitting(schemaOf('quayregistries.quay.redhat.com').properties?.['components'] ?? {}).map((list) =>
  (list as readonly Component[]).map(({ kind, managed, overrides, secretRef }): Component => {
    if (managed) return { kind, managed, ...(overrides && { overrides }) };
    return { kind, managed, ...(secretRef?.name && { secretRef }) };
  }),
);

const options = fitting(schemaOf('quayregistryoptions.quayside.dev')).map(
  (spec) => withoutFaults(quayRegistryOptionsSpec, spec) as object,
);

const served = fc.constantFrom(true, false, undefined);
const facts = fc.record(
  {
    apis: fc.record({ route: served, objectBucketClaim: served, monitoring: served, openshiftConfig: served }),
    hasDashboardNamespace: served,
    appsDomain: fc.constantFrom('apps.example.test', 'a'.repeat(200)),
    tlsProfile: fc.constantFrom(null, { type: 'Old' }, { type: 'Custom', custom: null }, { type: 'Else' }),
    proxy: fc.record({ http: fc.string(), no: fc.string() }),
    ipFamilies: fc.constantFrom([], ['IPv6' as const], ['IPv4' as const, 'IPv6' as const]),
    fips: fc.boolean(),
    claims: fc.dictionary(fc.constantFrom('prod-quay-postgres-13', 'x'), fc.constantFrom('80Gi', 'many'), {
      noNullPrototype: true,
    }),
    databaseLives: fc.boolean(),
    now: fc.constantFrom('2026-06-01T00:00:00Z', 'never'),
    builderToken: fc.constant(`token-${canary}`),
    routerCertificate: fc.string(),
    tlsSecret: fc.oneof(
      fc.record({ known: fc.constant(true as const), certificate: file, key: file }),
      fc.record({ known: fc.constant(false as const), missing: fc.boolean(), reason: fc.string() }),
    ),
  },
  { requiredKeys: [] },
);

const keysSecret = fc.oneof(
  fc.constant({ known: true as const }),
  fc.constant({ known: false as const, reason: 'forbidden' }),
  fc.record({
    known: fc.constant(true as const),
    values: fc.dictionary(fc.constantFrom('SECRET_KEY', 'DB_URI', 'DB_ROOT_PW', 'REDIS_PASSWORD', 'OTHER'), words, {
      noNullPrototype: true,
    }),
  }),
);

const name = fc.oneof(fc.constant('prod'), fc.stringMatching(/^[a-z0-9.-]{1,64}$/));

// Making them takes most of the time, so most registries go without.
const seldom = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 1, nil: undefined });

/** Registries of every kind, right and wrong. */
export const anyRegistry: fc.Arbitrary<Given> = fc
  .record({
    name,
    components: seldom(components),
    options: seldom(options),
    bundle: fc.option(bundle, { nil: undefined }),
    keys: keysSecret,
    facts,
    on: fc.constantFrom(openshift, kubernetes),
  })
  .map(({ components: listed, options: stated, bundle: files, ...given }) => ({
    ...given,
    ...(listed && { components: listed }),
    ...(stated && { options: stated }),
    ...(files && { bundle: files }),
  }));
