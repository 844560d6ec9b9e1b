import { describe, expect, test } from '@jest/globals';
import { type PlainScalar } from '../../../src/registry/index.js';
import { checkQuayConfig, missingKeys } from '../../../src/registry/quay-config/index.js';
import { checkStorage } from '../../../src/registry/storage/index.js';
import {
  configOf,
  errorsOf,
  externalDatabase,
  faultsOf,
  type Given,
  kubernetes,
  managed,
  modelOf,
  openshift,
  resultOf,
  standalone,
  unmanaged,
} from '../support/inputs.js';

const bundle = (config: string, files: Readonly<Record<string, string>> = {}) => ({
  bundle: { 'config.yaml': config, ...files },
});
const written = (given: Parameters<typeof resultOf>[0]): string =>
  resultOf(given).secrets['prod-quay-config-secret']?.text['config.yaml'] ?? '';
/** Every component the user's own. */
const own = {
  on: kubernetes,
  components: unmanaged('postgres', 'redis', 'clair', 'mirror', 'horizontalpodautoscaler'),
  options: { access: { termination: 'edge' } },
};

describe('the configuration', () => {
  test('K34 takes the user before defaults, keys before the user, and components before all', () => {
    const config = configOf(
      bundle(
        'REGISTRY_TITLE: Ours\nFEATURE_REPO_MIRROR: false\nSECRET_KEY: mine\nPREFERRED_URL_SCHEME: http\nEXTRA: 1',
      ),
    );
    expect(config).toMatchObject({
      REGISTRY_TITLE: 'Ours',
      REGISTRY_TITLE_SHORT: 'Quay',
      FEATURE_REPO_MIRROR: true,
      SECRET_KEY: 'mine',
      PREFERRED_URL_SCHEME: 'https',
      EXTRA: 1,
    });
  });

  test('K34 lacks the keys of components that are not managed', () => {
    const config = configOf({ ...own, ...bundle(standalone) });
    const absent = Object.keys(config).filter((key) => /SCANNER|REPO_MIRROR|PROXY_STORAGE/.test(key));
    expect(absent).toEqual([]);
    expect(config).toMatchObject({ BUILDLOGS_REDIS: { host: 'redis.example.test' }, SETUP_COMPLETE: true });
    expect(config['DB_URI']).toBe(externalDatabase);
  });

  test('P24 keeps how the user wants components to behave', () => {
    const stated = { REPO_MIRROR_INTERVAL: 90, REPO_MIRROR_TLS_VERIFY: false, FEATURE_PROXY_STORAGE: false };
    const text = Object.entries(stated)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n');
    expect(configOf(bundle(text))).toMatchObject(stated);
    expect(configOf()).toMatchObject({
      REPO_MIRROR_INTERVAL: 30,
      REPO_MIRROR_TLS_VERIFY: true,
      FEATURE_PROXY_STORAGE: true,
    });
  });

  test('I7 says by which scheme Quay is called without Routes as well, unless the user does', () => {
    expect(configOf({ ...own, ...bundle(standalone) })).toMatchObject({
      PREFERRED_URL_SCHEME: 'https',
      EXTERNAL_TLS_TERMINATION: true,
    });
    const stated = `${standalone}PREFERRED_URL_SCHEME: http\nEXTERNAL_TLS_TERMINATION: false\n`;
    expect(configOf({ ...own, ...bundle(stated) })).toMatchObject({
      PREFERRED_URL_SCHEME: 'http',
      EXTERNAL_TLS_TERMINATION: false,
    });
  });

  test('I8 takes nothing from files beside config.yaml: they are passed on', () => {
    const files = { 'team.config.yaml': 'REGISTRY_TITLE: Stolen' };
    const given = bundle('REGISTRY_TITLE: Ours', files);
    expect(configOf(given)['REGISTRY_TITLE']).toBe('Ours');
    expect(resultOf(given).secrets['prod-quay-config-secret']?.text).toMatchObject(files);
  });

  test('N12 comes out as it was written: large numbers, octals, fractions, dates, empty values', () => {
    const lines = ['A: 12345678901234567890', 'B: 1.0', 'C: 010', 'D: 2026-01-02', 'E: 0o17', 'F: null', 'G: "010"'];
    const text = written(bundle(lines.join('\n')));
    for (const line of lines.slice(0, 4)) expect(text.split('\n')).toContain(line);
    expect(text).toContain('F: null\n');
    expect(text).toContain('G: "010"\n');
    expect((configOf(bundle('A: 1.0'))['A'] as PlainScalar).source).toBe('1.0');
  });

  test('is the same text for the same values in another order', () => {
    expect(written(bundle('B: {y: 1, x: 2}\nA: 1'))).toBe(written(bundle('A: 1\nB: {x: 2, y: 1}')));
  });

  test('K56 has the titles and the logo of the installation', () => {
    expect(configOf({ facts: { branding: 'redhat' } })).toMatchObject({
      REGISTRY_TITLE: 'Red Hat Quay',
      ENTERPRISE_LOGO_URL: expect.stringContaining('RH_Logo') as unknown,
    });
    expect(configOf()['ENTERPRISE_LOGO_URL']).toBe('/static/img/quay-horizontal-color.svg');
  });

  test('P16 missing, empty or no mapping is a fault, and never a crash', () => {
    for (const text of ['', '- a', 'x', 'null', '{', 'a: [']) expect(errorsOf(bundle(text)).length).toBeGreaterThan(0);
    expect(errorsOf({ bundle: {} })).toEqual(['error ConfigInvalid Secret/bundle : is empty']);
    expect(errorsOf({ bundle: { 'ssl.cert': '' } }).length).toBeGreaterThan(0);
  });

  test('is no larger than a Secret may be, also with what is added to it', () => {
    const files = { 'big.pem': 'x'.repeat(1024 * 1024 - 300) };
    const given = bundle('A: 1', files);
    expect(errorsOf(given)).toEqual([
      expect.stringMatching(
        /^error ConfigInvalid Secret\/bundle : would hold \d+ bytes; the API server takes at most 1048576$/,
      ),
    ]);
    expect(errorsOf(bundle('A: 1', { 'big.pem': 'x'.repeat(2 * 1024 * 1024) }))).toHaveLength(1);
  });

  test('says which key Quay cannot start without', () => {
    const partly = standalone.replace(/^USER_EVENTS_REDIS.*$/m, '');
    expect(errorsOf({ ...own, ...bundle(partly) })).toEqual([
      'error ConfigInvalid Secret/bundle USER_EVENTS_REDIS: is missing, and Quay does not start without it',
    ]);
  });

  test('K37 K64 brings files that engines name, and authorities apart from them', () => {
    const files = { 'default-cloudfront-signing-key.pem': 'x', extra_ca_cert_ldap: 'y', 'clair-config.yaml': 'a: 1' };
    const { secrets } = resultOf(bundle('FEATURE_MAILING: false', files));
    expect(Object.keys(secrets['prod-quay-config-secret']?.text ?? {}).sort()).toEqual([
      'config.yaml',
      'default-cloudfront-signing-key.pem',
    ]);
    expect(secrets['prod-extra-ca-certs']?.text).toEqual({ ldap: 'y' });
  });

  test("K37 P14 shows Clair's database and certificates to Clair alone", () => {
    const files = { 'clair-config.yaml': 'indexer: {connstring: x}', 'clair-ssl.crt': 'c', 'clair-ssl.key': 'k' };
    const { secrets, model } = resultOf(bundle('FEATURE_MAILING: false', files));
    expect(secrets['prod-clair-config-secret']?.text).toMatchObject({
      '01_user_config.yaml': files['clair-config.yaml'],
      'clair-ssl.crt': 'c',
      'clair-ssl.key': 'k',
    });
    expect(Object.keys(secrets['prod-quay-config-secret']?.text ?? {})).toEqual(['config.yaml']);
    expect(model.clair).toMatchObject({ hasCertificate: true, hasUserConfig: true });
  });

  test("P13 gives Clair's certificate to its pods, and half of one to nobody", () => {
    const given = bundle('FEATURE_MAILING: false', { 'clair-ssl.crt': 'c' });
    expect(modelOf(given).clair?.hasCertificate).toBe(false);
    expect(errorsOf(given)).toEqual(['error ConfigInvalid Secret/bundle clair-ssl.crt: is half of a pair']);
  });

  test('listens on the addresses of the cluster, and runs as its nodes do', () => {
    expect(configOf({ facts: { ipFamilies: ['IPv6'] } })['FEATURE_LISTEN_IP_VERSION']).toBe('IPv6');
    expect(configOf({ facts: { ipFamilies: ['IPv4', 'IPv6'] } })['FEATURE_LISTEN_IP_VERSION']).toBe('dual-stack');
    expect(configOf()).not.toHaveProperty('FEATURE_LISTEN_IP_VERSION');
    expect(configOf({ facts: { fips: true } })['FEATURE_FIPS']).toBe(true);
  });

  test('that is read-only stops what would write, and needs a service key', () => {
    const state = 'REGISTRY_STATE: readonly\n';
    expect(errorsOf(bundle(state))).toHaveLength(2);
    const keys =
      'INSTANCE_SERVICE_KEY_KID_LOCATION: conf/stack/quay-readonly.kid\nINSTANCE_SERVICE_KEY_LOCATION: conf/stack/quay-readonly.pem\n';
    expect(errorsOf(bundle(state + keys))).toHaveLength(2);
    const files = { 'quay-readonly.kid': 'a', 'quay-readonly.pem': 'b' };
    expect(errorsOf(bundle(state + keys, files))).toEqual([]);
    const model = modelOf(bundle(state + keys, files));
    expect([model.readOnly, model.mirror?.replicas]).toEqual([true, 0]);
    const upgrade = { ...bundle(state + keys, files), currentVersion: '3', facts: { release: { version: '4' } } };
    expect(errorsOf(upgrade)).toEqual([
      expect.stringContaining('REGISTRY_STATE: is readonly, and a migration from 3 to 4'),
    ]);
    expect(errorsOf({ ...upgrade, currentVersion: '4' })).toEqual([]);
  });
});

describe('what is made', () => {
  const scenarios: readonly (readonly [string, Given])[] = [
    ['all managed on OpenShift', {}],
    ['nothing managed', { ...own, ...bundle(standalone) }],
    [
      'builds',
      { options: { builders: { namespace: 'b', tokenSecretRef: { name: 't' } } }, facts: { builderToken: 't' } },
    ],
    ['IPv6, FIPS and a profile', { facts: { ipFamilies: ['IPv6'], fips: true, tlsProfile: { type: 'Old' } } }],
  ];

  test.each(scenarios)('has only keys that Quay knows, of their types, and none that it misses: %s', (_name, given) => {
    const config = configOf(given);
    expect(checkQuayConfig({ secret: 'made', config })).toEqual([]);
    expect(missingKeys('made', config)).toEqual([]);
    expect(checkStorage({ secret: 'made', config, files: {} })).toEqual([]);
  });
});

describe('object storage', () => {
  test('K25 P23 is reached by its full name and its own port', () => {
    const bucket = { host: 's3.storage.svc', port: '8443', name: 'b', accessKey: 'a', secretKey: 's' };
    expect(configOf({ facts: { bucket } })['DISTRIBUTED_STORAGE_CONFIG']).toEqual({
      local_us: [
        'RHOCSStorage',
        {
          hostname: 's3.storage.svc.cluster.local',
          port: 8443,
          is_secure: true,
          bucket_name: 'b',
          access_key: 'a',
          secret_key: 's',
          storage_path: '/datastorage/registry',
        },
      ],
    });
    const outside = configOf({ facts: { bucket: { ...bucket, host: 's3.example.test', port: '80' } } });
    expect(JSON.stringify(outside)).toContain('"hostname":"s3.example.test","port":80,"is_secure":false');
  });

  test('P23 has the classes of the options', () => {
    expect(modelOf().objectStorage).toEqual({
      name: 'prod-quay-datastore',
      generateBucketName: 'quay-datastore',
      storageClassName: 'openshift-storage.noobaa.io',
      bucketClass: 'noobaa-default-bucket-class',
    });
    const options = { objectStorage: { storageClassName: 'ceph-bucket' } };
    expect(modelOf({ options }).objectStorage).not.toHaveProperty('bucketClass');
  });

  test('is held back by its claim alone while there is no bucket', () => {
    const { bucket: _none, ...facts } = openshift;
    expect(faultsOf({ on: facts })).toEqual([]);
    expect(resultOf({ on: facts }).pending).toMatchObject([
      { secret: 'prod-quay-config-secret', until: { kind: 'ObjectBucketClaim', name: 'prod-quay-datastore' } },
    ]);
    expect(resultOf().pending).toEqual([]);
    expect(modelOf({ on: facts }).edges).toContainEqual({
      object: { kind: 'Job', name: expect.stringContaining('prod-quay-app-upgrade') as unknown },
      after: { kind: 'ObjectBucketClaim', name: 'prod-quay-datastore' },
      until: 'Bound',
    });
  });
});

describe("Clair's configuration", () => {
  test('K21 names database, key, and where Quay is called', () => {
    const { config, secrets } = resultOf({ bundle: { 'config.yaml': 'SERVER_HOSTNAME: quay.example.test:8443' } });
    expect(config.clair).toMatchObject({
      http_listen_addr: ':8080',
      auth: { psk: { key: config.quay['SECURITY_SCANNER_V4_PSK'], iss: ['quay', 'clairctl'] } },
      notifier: {
        webhook: {
          target: 'https://quay.example.test:8443/secscan/notification',
          callback: 'http://prod-clair-app/notifier/api/v1/notifications',
        },
      },
    });
    const connection = `host=prod-clair-postgres port=5432 dbname=postgres user=postgres password=${secrets['prod-clairpostgres-config-secret']?.text['database-password'] ?? ''}`;
    expect(JSON.stringify(config.clair)).toContain(connection);
  });

  test('K22 has pools of 33 connections with autoscaling, else of 10', () => {
    const poolOf = (given: Parameters<typeof resultOf>[0]) =>
      /pool_max_conns=(\d+)/.exec(JSON.stringify(resultOf(given).config.clair))?.[1];
    expect([poolOf({}), poolOf({ components: unmanaged('horizontalpodautoscaler') })]).toEqual(['33', '10']);
  });

  test("names no database beside the user's own", () => {
    const files = { 'clair-config.yaml': 'indexer: {connstring: host=own}' };
    const { config, model } = resultOf(bundle('FEATURE_MAILING: false', files));
    expect(JSON.stringify(config.clair)).not.toContain('connstring');
    expect(model.clairPostgres).toBeUndefined();
    expect(model.edges.some(({ object }) => object.name === 'prod-clair-app')).toBe(false);
  });

  test('P12 is a fault where nobody knows where Quay is called', () => {
    const { appsDomain: _none, ...facts } = openshift;
    expect(errorsOf({ on: facts })).toEqual([
      expect.stringContaining('SERVER_HOSTNAME is not set, and the domain of the router is not known'),
    ]);
  });

  test('P16 of a configuration that nobody could read nobody says what it lacks, and of an empty one all of it', () => {
    const given = (text: string) => ({ on: kubernetes, ...bundle(text) });
    expect(errorsOf(given('A: ['))).toEqual([expect.stringContaining('tls'), expect.stringContaining('is not YAML')]);
    const empty = errorsOf(given('')).join('\n');
    for (const words of ['is empty', 'the host under which', 'where images are stored']) expect(empty).toContain(words);
  });

  test.each(['5', '[a]', '~', 'https://quay.example.test', '{}'])(
    'one mistake in SERVER_HOSTNAME (%s) is one fault',
    (value) => {
      const { appsDomain: _none, ...facts } = openshift;
      expect(errorsOf({ on: facts, ...bundle(`SERVER_HOSTNAME: ${value}`) })).toHaveLength(1);
    },
  );

  test('P15 hides none of the authorities of the image', () => {
    const { clair } = modelOf();
    expect(clair?.env.find(({ name }) => name === 'SSL_CERT_DIR')?.value).toBe(
      '/etc/ssl/certs:/etc/pki/tls/certs:/var/run/certs',
    );
    expect(modelOf({ on: kubernetes }).clair?.certificateSources).not.toHaveProperty('trustedCaConfigMap');
    expect(modelOf({ on: kubernetes }).configMaps.map(({ name }) => name)).not.toContain('prod-cluster-trusted-ca');
  });
});

describe('the proxy', () => {
  const proxy = {
    http: ['http', '//user:proxy-canary@proxy.example.test:3128'].join(':'),
    https: 'http://proxy.example.test',
    no: '.corp, 10.0.0.0/8',
  };
  const valuesOf = (given: Parameters<typeof resultOf>[0]) => resultOf(given).secrets['prod-quay-proxy-config']?.text;

  test('K42 reaches Quay, the mirror workers and Clair, and is not used inside the cluster', () => {
    const given = { facts: { proxy }, bundle: { 'config.yaml': 'SERVER_HOSTNAME: quay.example.test:8443' } };
    expect(valuesOf(given)).toEqual({
      HTTP_PROXY: proxy.http,
      HTTPS_PROXY: proxy.https,
      NO_PROXY: 'quay.example.test,.corp,10.0.0.0/8,.svc,.cluster.local,localhost,127.0.0.1',
    });
    const { quay, mirror, clair, migration } = modelOf(given);
    const from = { secretKeyRef: { name: 'prod-quay-proxy-config', key: 'NO_PROXY' } };
    for (const part of [quay, mirror, clair]) expect(part?.env).toContainEqual({ name: 'NO_PROXY', valueFrom: from });
    expect(migration.env.some(({ name }) => name === 'NO_PROXY')).toBe(false);
  });

  test('K42 is empty where the cluster has none', () => {
    expect(valuesOf({})).toEqual({ HTTP_PROXY: '', HTTPS_PROXY: '', NO_PROXY: 'prod-quay-quay.apps.example.test' });
  });
});

describe('builds by Quay', () => {
  const options = { builders: { namespace: 'builds', tokenSecretRef: { name: 'builder' } } };

  test('have a build manager, a host and the token', () => {
    const given = { options, facts: { builderToken: 'builder-token-canary' } };
    expect(errorsOf(given)).toEqual([]);
    expect(configOf(given)).toMatchObject({
      FEATURE_BUILD_SUPPORT: true,
      BUILDMAN_HOSTNAME: 'prod-quay-builder-quay.apps.example.test:443',
      BUILD_MANAGER: [
        'ephemeral',
        { ORCHESTRATOR: { REDIS_HOST: 'prod-quay-redis' }, EXECUTORS: [{ BUILDER_NAMESPACE: 'builds' }] },
      ],
    });
    expect(modelOf(given).access.routes[1]?.host).toBe('prod-quay-builder-quay.apps.example.test');
  });

  test('are a fault without the token', () => {
    expect(errorsOf({ options })).toEqual([
      'error OptionsInvalid QuayRegistryOptions/prod spec.builders.tokenSecretRef: the Secret builder has no key token that could be read',
    ]);
  });
});

test('K57 certificates of an external database are mounted where they exist', () => {
  const { quay, mirror, migration } = modelOf({ components: [managed('quay')] });
  for (const part of [quay, mirror, migration]) {
    expect(part?.databaseCertificates).toEqual(['postgresql-ca', 'postgresql-client-certs']);
  }
});
