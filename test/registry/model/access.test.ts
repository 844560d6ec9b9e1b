import { beforeAll, describe, expect, test } from '@jest/globals';
import { type ClusterFacts, parseHost } from '../../../src/registry/index.js';
import { certificateFor, judgedAt } from '../support/certificate.js';
import {
  configOf,
  errorsOf,
  faultsOf,
  type Given,
  kubernetes,
  managed,
  modelOf,
  openshift,
  resultOf,
  unmanaged,
} from '../support/inputs.js';

type Files = Readonly<Record<string, string>>;
let own: Files, other: Files, past: Files;
beforeAll(async () => {
  [own, other, past] = await Promise.all([
    certificateFor(['quay.example.test', 'build.example.test']),
    certificateFor(['other.example.test']),
    certificateFor(['quay.example.test'], '2026-02-01T00:00:00Z'),
  ]);
});

const host = 'SERVER_HOSTNAME: quay.example.test';
const storage = `
DISTRIBUTED_STORAGE_CONFIG: {default: [S3Storage, {s3_bucket: b, storage_path: /p}]}
DISTRIBUTED_STORAGE_PREFERENCE: [default]`;
const noTls = unmanaged('tls');
const with_ = (files: Files, config = host, more: Given = {}): Given => ({
  ...more,
  bundle: { 'config.yaml': config, ...files },
  facts: { now: judgedAt, ...more.facts },
});

describe('TLS', () => {
  test('K19 K26 ends at the router while it is managed, and in Quay with a certificate of its own', () => {
    const edge = modelOf();
    expect(edge.access.routes.map(({ targetPort, termination }) => [targetPort, termination])).toEqual([
      ['http', 'edge'],
      ['grpc', 'edge'],
    ]);
    expect([edge.quay.probeScheme, configOf()['EXTERNAL_TLS_TERMINATION']]).toEqual(['HTTP', true]);
    const given = with_(own);
    expect(errorsOf(given)).toEqual([]);
    const { access, quay } = modelOf(given);
    expect(access.routes.map(({ targetPort, termination }) => [targetPort, termination])).toEqual([
      ['https', 'passthrough'],
      ['grpc', 'passthrough'],
    ]);
    expect([quay.probeScheme, configOf(given)['EXTERNAL_TLS_TERMINATION']]).toEqual(['HTTPS', false]);
    expect(resultOf(given).secrets['prod-quay-config-tls']?.text).toEqual(own);
    expect(resultOf(given).secrets['prod-quay-config-secret']?.text).not.toHaveProperty('ssl.cert');
  });

  test('K38 wants the certificate to be for every host of the registry', () => {
    const config = `${host}:8443\nBUILDMAN_HOSTNAME: build.example.test:443`;
    expect(errorsOf(with_(own, config))).toEqual([]);
    expect(errorsOf(with_(other, config))).toEqual([
      'error ComponentCreationFailed Secret/bundle ssl.cert: is not for quay.example.test',
      'error ComponentCreationFailed Secret/bundle ssl.cert: is not for build.example.test',
    ]);
  });

  test('W9 wants a certificate whose time has not passed, where anybody knows the time', () => {
    expect(errorsOf(with_(past))).toEqual([expect.stringContaining('ssl.cert: expired on 2026-02-01')]);
    expect(errorsOf({ bundle: { 'config.yaml': host, ...past } })).toEqual([]);
  });

  test('W7 takes no half of a pair, whoever manages it', () => {
    const { 'ssl.cert': certificate = '' } = own;
    const half = with_({ 'ssl.cert': certificate });
    expect(errorsOf({ ...half, components: [managed('tls')] })).toEqual([
      'error ConfigInvalid Secret/bundle ssl.cert: tls is managed, and the bundle has ssl.cert',
    ]);
    expect(errorsOf({ ...half, components: noTls })).toEqual([
      'error ComponentCreationFailed Secret/bundle ssl.key: is missing beside ssl.cert',
    ]);
  });

  test('K8 wants a certificate where it is not managed', () => {
    expect(errorsOf({ components: noTls })).toEqual([
      'error ConfigInvalid QuayRegistry/prod spec.components: tls is not managed, and there is no certificate',
    ]);
  });

  describe('in a Secret of its own', () => {
    const components = [{ kind: 'tls', managed: false, secretRef: { name: 'quay-tls' } }] as const;
    const secret = (more: object = {}): ClusterFacts['tlsSecret'] => ({
      known: true,
      type: 'kubernetes.io/tls',
      certificate: own['ssl.cert'] ?? '',
      key: own['ssl.key'] ?? '',
      ...more,
    });
    const given = (tlsSecret: ClusterFacts['tlsSecret'], files: Files = {}): Given =>
      with_(files, host, { components, facts: tlsSecret === undefined ? {} : { tlsSecret } });

    test('is used by Quay', () => {
      expect(errorsOf(given(secret()))).toEqual([]);
      expect(resultOf(given(secret())).secrets['prod-quay-config-tls']?.text).toEqual(own);
    });

    test('has to be there, of its type, whole, and the only one', () => {
      expect(errorsOf(given(undefined))).toEqual(['error ConfigInvalid Secret/quay-tls : does not exist']);
      const unread = { known: false, missing: false, reason: 'forbidden' } as const;
      expect(errorsOf(given(unread))).toEqual(['error Unknown Secret/quay-tls : could not be read: forbidden']);
      expect(errorsOf(given(secret({ type: 'Opaque', key: '' }), { 'ssl.cert': 'x' }))).toEqual([
        'error ConfigInvalid Secret/bundle ssl.cert: is there beside the Secret that tls names',
        'error ConfigInvalid Secret/quay-tls type: is of type Opaque, not kubernetes.io/tls',
        'error ConfigInvalid Secret/quay-tls tls.key: is missing or empty',
      ]);
    });
  });

  describe('by the profile of the cluster', () => {
    const profile = (tlsProfile: ClusterFacts['tlsProfile']) => {
      const { SSL_PROTOCOLS, SSL_CIPHERS } = configOf(
        with_(own, host, { facts: tlsProfile === undefined ? {} : { tlsProfile } }),
      );
      return { protocols: SSL_PROTOCOLS, ciphers: (SSL_CIPHERS as readonly string[] | undefined)?.length };
    };
    const both = ['TLSv1.2', 'TLSv1.3'];

    test('K41 I18 has its protocols and ciphers where Quay ends TLS', () => {
      expect(profile(undefined)).toEqual({});
      expect(profile(null)).toEqual({ protocols: both, ciphers: 11 });
      expect(profile({ type: 'Intermediate' })).toEqual({ protocols: both, ciphers: 11 });
      expect(profile({ type: 'Modern' })).toEqual({ protocols: ['TLSv1.3'], ciphers: 3 });
      expect(profile({ type: 'Custom' })).toEqual({ protocols: both, ciphers: 11 });
      expect(profile({ type: 'Custom', custom: { ciphers: [] } })).toEqual({ protocols: both, ciphers: 11 });
      const custom = { ciphers: ['A', 'B'], minTLSVersion: 'VersionTLS13' };
      expect(profile({ type: 'Custom', custom })).toEqual({ protocols: ['TLSv1.3'], ciphers: 2 });
      expect(configOf({ facts: { tlsProfile: null } })).not.toHaveProperty('SSL_PROTOCOLS');
    });

    test('K41 N13 has none that Quay refuses, and says so', () => {
      expect(profile({ type: 'Old' })).toEqual({ protocols: both, ciphers: 29 });
      const given = with_(own, host, {
        facts: { tlsProfile: { type: 'Custom', custom: { minTLSVersion: 'VersionTLS11' } } },
      });
      expect(configOf(given)['SSL_PROTOCOLS']).toEqual(both);
      expect(faultsOf(given)).toEqual([
        "warning ConfigInvalid Secret/bundle SSL_PROTOCOLS: the cluster's TLS profile allows TLS 1.1, and Quay takes TLS 1.2 at least",
      ]);
    });

    test('K41 gives way to the user', () => {
      const given = with_(own, `${host}\nSSL_PROTOCOLS: [TLSv1.3]`, { facts: { tlsProfile: null } });
      expect(configOf(given)['SSL_PROTOCOLS']).toEqual(['TLSv1.3']);
      expect(configOf(given)).not.toHaveProperty('SSL_CIPHERS');
    });
  });
});

describe('Routes', () => {
  test('K28 I6 have the host without its port, and the endpoint has it', () => {
    const config = 'SERVER_HOSTNAME: 192.0.2.10:8443\nBUILDMAN_HOSTNAME: build.example.test:443';
    const { access, hostnames } = modelOf({ bundle: { 'config.yaml': config } });
    expect(access.routes.map((route) => route.host)).toEqual(['192.0.2.10', 'build.example.test']);
    expect(hostnames).toEqual({
      server: '192.0.2.10:8443',
      host: '192.0.2.10',
      builder: 'build.example.test',
      endpoint: 'https://192.0.2.10:8443',
    });
    expect(configOf({ bundle: { 'config.yaml': config } })['SERVER_HOSTNAME']).toBe('192.0.2.10:8443');
  });

  test('K26 have overrides and the labels by which a router is chosen', () => {
    const { access } = modelOf({
      components: [
        managed('route', {
          labels: { team: 'x', app: 'y' },
          annotations: { 'haproxy.router.openshift.io/timeout': '1h' },
        }),
      ],
      options: { access: { labels: { router: 'public' } } },
    });
    for (const route of access.routes) {
      expect(route.labels).toMatchObject({ team: 'x', router: 'public', 'quay-operator/quayregistry': 'prod' });
      expect(route.labels).not.toHaveProperty('app');
      expect(route.annotations['haproxy.router.openshift.io/timeout']).toBe('1h');
    }
    expect(modelOf().access.routes[0]?.annotations['haproxy.router.openshift.io/timeout']).toBe('30m');
  });

  test('K68 encrypt again with the authority of Quay', () => {
    const options = { access: { termination: 'reencrypt', destinationCA: 'PEM' } };
    const [route, builder] = modelOf(with_(own, host, { options, components: noTls })).access.routes;
    expect(route).toMatchObject({ termination: 'reencrypt', targetPort: 'https', destinationCaCertificate: 'PEM' });
    expect(builder).toMatchObject({ termination: 'passthrough', targetPort: 'grpc' });
    expect(errorsOf({ options })).toEqual([expect.stringContaining('for which Quay needs a certificate')]);
  });

  test('K29 W10 make the endpoint: stated, given by the router, or none', () => {
    expect(modelOf({ bundle: { 'config.yaml': host } }).hostnames.endpoint).toBe('https://quay.example.test');
    expect(modelOf().hostnames.endpoint).toBe('https://prod-quay-quay.apps.example.test');
    const empty = { bundle: { 'config.yaml': 'SERVER_HOSTNAME: ""' } };
    expect(modelOf(empty).hostnames.endpoint).toBe('https://prod-quay-quay.apps.example.test');
    expect(configOf(empty)['SERVER_HOSTNAME']).toBe('prod-quay-quay.apps.example.test');
    expect(faultsOf(empty)).toEqual(['warning ConfigInvalid Secret/bundle SERVER_HOSTNAME: is empty']);
    const none = { on: kubernetes, ...empty };
    expect(modelOf(none).hostnames.endpoint).toBeUndefined();
    expect(errorsOf(none)).toContain('error ConfigInvalid Secret/bundle SERVER_HOSTNAME: is empty');
  });
});

describe('plain Kubernetes', () => {
  const given = (access: object, files: Files = {}): Given =>
    with_(files, host + storage, { on: kubernetes, options: { access } });

  test('P33 needs no certificate where an Ingress ends TLS', () => {
    const ingress = { className: 'nginx', annotations: { a: 'b' }, tls: { secretName: 'quay-tls' } };
    expect(errorsOf(given({ ingress }))).toEqual([]);
    const { access, quay } = modelOf(given({ ingress }));
    expect(access.ingress).toMatchObject({
      name: 'prod-quay',
      host: 'quay.example.test',
      className: 'nginx',
      service: 'prod-quay-app',
      servicePort: 'http',
      tlsSecret: 'quay-tls',
    });
    expect([access.termination, quay.probeScheme, access.routes]).toEqual(['edge', 'HTTP', []]);
    expect(configOf(given({ ingress }))).toMatchObject({
      EXTERNAL_TLS_TERMINATION: true,
      PREFERRED_URL_SCHEME: 'https',
    });
  });

  test('P33 needs none where something else ends TLS, and says so', () => {
    expect(errorsOf(given({ termination: 'edge' }))).toEqual([]);
    expect(errorsOf(given({}))).toEqual([expect.stringContaining('tls is not managed, and there is no certificate')]);
  });

  test('says of a certificate that nobody would use it', () => {
    expect(faultsOf(given({ termination: 'edge' }, own))).toEqual([
      expect.stringContaining('warning ConfigInvalid Secret/bundle ssl.cert: is used by nobody'),
    ]);
  });

  test('reaches Quay by a load balancer', () => {
    const { service } = modelOf(
      given({ service: { type: 'LoadBalancer', annotations: { internal: 'true' } } }, own),
    ).access;
    expect(service).toMatchObject({ type: 'LoadBalancer', annotations: { internal: 'true' } });
    expect(errorsOf(given({ service: { type: 'LoadBalancer' } }, own))).toEqual([]);
  });

  test('has no Ingress beside Routes', () => {
    expect(errorsOf({ options: { access: { ingress: {} } } })).toEqual([
      'error OptionsInvalid QuayRegistryOptions/prod spec.access.ingress: there are Routes for the same host',
    ]);
  });
});

describe('a hostname', () => {
  test.each([
    ['quay.example.test', 'quay.example.test', undefined],
    ['Quay:8443', 'Quay', 8443],
    ['[2001:db8::1]:443', '2001:db8::1', 443],
    ['[::]', '::', undefined],
  ])('%s is one', (text, name, port) => {
    expect(parseHost(text)).toEqual({ whole: text, host: name, ...(port !== undefined && { port }) });
  });

  // In two parts, so that no scanner takes it for a real one.
  const login = ['user', 'canary@'].join(':');
  test.each([
    ['https://quay.example.test/x', 'has the scheme', 'quay.example.test'],
    ['quay.example.test/v2', 'has a path', 'quay.example.test'],
    [`https://${login}quay.example.test`, 'has the scheme', 'host: quay.example.test'],
    [`${login}quay.example.test/v2`, 'has a path', 'host: quay.example.test'],
    ['quay example', 'is no host', ''],
    ['-quay', 'is no host', ''],
    ['quay:0', 'is no host', ''],
    ['quay:99999', 'is no host', ''],
    ['2001:db8::1', 'is no host', ''],
    ['[2001::db8::1]', 'is no host', ''],
    [8443, 'must be text, not 8443', ''],
    [['quay'], 'must be text, not a list', ''],
    [{ a: 1 }, 'must be text', ''],
    [true, 'must be text, not true', ''],
  ])('%j is none', (value, message, hint) => {
    const parsed = parseHost(value);
    expect(parsed).toMatchObject({ message: expect.stringContaining(message) as unknown });
    expect('hint' in parsed && parsed.hint).toContain(hint);
  });

  test.each(['SERVER_HOSTNAME', 'BUILDMAN_HOSTNAME'])('N2 %s that is none is a fault with its line', (key) => {
    for (const value of ['[a, b]', '8443', 'https://x', 'x/y', '{a: b}']) {
      const { faults } = resultOf({ bundle: { 'config.yaml': `FEATURE_MAILING: false\n${key}: ${value}` } });
      const found = faults.filter(({ path, severity }) => path === key && severity === 'error');
      expect(found).not.toEqual([]);
      expect(found[0]).toMatchObject({ line: 2, object: 'Secret/bundle', source: 'config.yaml' });
    }
  });

  test('of the router fits into its label', () => {
    expect(errorsOf({ name: 'a'.repeat(40), on: { ...openshift } })).toEqual([]);
    const inputs = {
      name: 'registry-of-the-platform-team-eu',
      bundle: { 'config.yaml': 'FEATURE_BUILD_SUPPORT: true' },
    };
    expect(errorsOf(inputs)).toEqual([]);
  });
});
