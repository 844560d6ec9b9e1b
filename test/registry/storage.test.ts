import { describe, expect, test } from '@jest/globals';
import { readBundle } from '../../src/registry/bundle/index.js';
import { checkStorage, engines } from '../../src/registry/storage/index.js';

const s3 = '{storage_path: /r, s3_bucket: b}';

function faults(config: string, files: Readonly<Record<string, string>> = {}): string[] {
  const bundle = readBundle('bundle', { stringData: { 'config.yaml': config, ...files } });
  expect(bundle.faults).toEqual([]);
  return checkStorage(bundle).map(({ path, message, hint = '' }) => `${path}: ${message} (${hint})`);
}

describe('storage', () => {
  // What the constructors of Quay's drivers take, and before the bar also what the check before its start asks for.
  const s3Options =
    's3_access_key s3_secret_key s3_region host port endpoint_url minimum_chunk_size_mb maximum_chunk_size_gb aws_session_token signature_version';
  const s3Others = s3Options.replace('s3_region ', '');
  const besideKeys = s3Others.replace('s3_access_key s3_secret_key ', '');
  const ceph = 'hostname is_secure storage_path access_key secret_key bucket_name';
  const cephOptions =
    'port region_name signature_version minimum_chunk_size_mb maximum_chunk_size_mb server_side_assembly';
  test.each([
    ['LocalStorage', 'storage_path', ''],
    ['S3Storage', 'storage_path s3_bucket', s3Options],
    [
      'STSS3Storage',
      'storage_path s3_bucket',
      'sts_role_arn sts_user_access_key sts_user_secret_key s3_region endpoint_url maximum_chunk_size_gb signature_version',
    ],
    [
      'CloudFrontedS3Storage',
      'cloudfront_distribution_domain cloudfront_key_id cloudfront_privatekey_filename storage_path s3_bucket s3_region s3_access_key s3_secret_key',
      `cloudfront_distribution_org_overrides ${besideKeys}`,
    ],
    [
      'CloudFlareStorage',
      'cloudflare_domain cloudflare_privatekey_filename storage_path s3_bucket s3_region s3_access_key s3_secret_key',
      besideKeys,
    ],
    ['AkamaiS3Storage', 'akamai_domain akamai_shared_secret storage_path s3_bucket s3_region', s3Others],
    [
      'GoogleCloudStorage',
      'storage_path access_key secret_key bucket_name',
      'boto_timeout minimum_chunk_size_mb signature_version',
    ],
    ['RadosGWStorage', ceph, cephOptions],
    ['RHOCSStorage', ceph, cephOptions],
    ['IBMCloudStorage', ceph, 'port maximum_chunk_size_mb signature_version'],
    ['AzureStorage', 'azure_container storage_path azure_account_name', 'azure_account_key sas_token endpoint_url'],
    [
      'SwiftStorage',
      'swift_container storage_path auth_url swift_user swift_password',
      'auth_version os_options ca_cert_path temp_url_key simple_path_concat connect_timeout retry_count retry_on_ratelimit',
    ],
    ['MultiCDNStorage', 'storage_config providers default_provider rules', ''],
  ])('K61 the driver %s takes exactly its arguments', (driver, required, optional) => {
    const known = (engines as Readonly<Record<string, { required: object; optional: object }>>)[driver];
    const sorted = (names: string): readonly string[] => names.split(' ').filter(Boolean).sort();
    expect(Object.keys(known?.required ?? {}).sort()).toEqual(sorted(required));
    expect(Object.keys(known?.optional ?? {}).sort()).toEqual(sorted(optional));
    const found = faults(`DISTRIBUTED_STORAGE_CONFIG: {a: [${driver}, {nonsense_of_mine: 1}]}\n`);
    expect(found.map((one) => one.split(':')[0]?.split('.').at(-1))).toEqual([
      ...sorted(required)
        .toSorted((a, b) => required.indexOf(a) - required.indexOf(b))
        .map(() => expect.any(String)),
      'nonsense_of_mine',
    ]);
    expect(found.at(-1)).toMatch(/has no such argument, and Quay would not start/);
  });

  test('K61 there are thirteen drivers', () => {
    expect(Object.keys(engines)).toHaveLength(13);
  });

  test('K61 a misspelt driver or argument gets a suggestion', () => {
    expect(faults(`DISTRIBUTED_STORAGE_CONFIG: {a: [S3Storag, ${s3}]}\n`)).toEqual([
      'DISTRIBUTED_STORAGE_CONFIG.a[0]: S3Storag is no storage driver of Quay (Did you mean S3Storage?)',
    ]);
    expect(faults('DISTRIBUTED_STORAGE_CONFIG: {a: [S3Storage, {storage_path: /r, s3_buckt: b}]}\n')).toEqual([
      'DISTRIBUTED_STORAGE_CONFIG.a[1].s3_bucket: S3Storage needs it (Set s3_bucket.)',
      'DISTRIBUTED_STORAGE_CONFIG.a[1].s3_buckt: S3Storage has no such argument, and Quay would not start (Did you mean s3_bucket?)',
    ]);
  });

  test('K61 values have to be of their type, and a port may be text', () => {
    const ceph = 'hostname: h, storage_path: /r, access_key: a, secret_key: s, bucket_name: b';
    expect(
      faults(`DISTRIBUTED_STORAGE_CONFIG: {a: [RadosGWStorage, {${ceph}, is_secure: true, port: "443"}]}\n`),
    ).toEqual([]);
    expect(
      faults(`DISTRIBUTED_STORAGE_CONFIG: {a: [RadosGWStorage, {${ceph}, is_secure: "true", port: x}]}\n`),
    ).toEqual([
      'DISTRIBUTED_STORAGE_CONFIG.a[1].is_secure: has to be true or false (Correct its value.)',
      'DISTRIBUTED_STORAGE_CONFIG.a[1].port: has to be a port (Correct its value.)',
    ]);
    expect(faults('DISTRIBUTED_STORAGE_CONFIG: {a: S3Storage}\n')[0]).toMatch(/a: is not a driver and its arguments/);
  });

  test('K61 locations, preference, defaults and per-feature locations hang together', () => {
    const config = `DISTRIBUTED_STORAGE_CONFIG: {eu: [S3Storage, ${s3}]}
DISTRIBUTED_STORAGE_PREFERENCE: [eu, us]
DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS: [e]
USERFILES_LOCATION: asia
`;
    const bundle = readBundle('bundle', { stringData: { 'config.yaml': config } });
    expect(checkStorage(bundle).map(({ path, line }) => [path, line])).toEqual([
      ['DISTRIBUTED_STORAGE_PREFERENCE[1]', 2],
      ['DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS[0]', 3],
      ['USERFILES_LOCATION', 4],
    ]);
  });

  test('K61 replication wants a preference and no local storage', () => {
    const config =
      'FEATURE_STORAGE_REPLICATION: true\nDISTRIBUTED_STORAGE_CONFIG: {a: [LocalStorage, {storage_path: /r}]}\n';
    expect(faults(config)).toEqual([
      'DISTRIBUTED_STORAGE_CONFIG.a[0]: LocalStorage cannot be replicated (Use an object storage, or set FEATURE_STORAGE_REPLICATION to false.)',
      'DISTRIBUTED_STORAGE_PREFERENCE: replication needs it (List the locations, the nearest first.)',
    ]);
  });

  test('K61 Swift with Keystone 3 needs its domain and its project', () => {
    const swift = 'swift_container: c, storage_path: /r, auth_url: u, swift_user: u, swift_password: p';
    expect(faults(`DISTRIBUTED_STORAGE_CONFIG: {a: [SwiftStorage, {${swift}, auth_version: 3}]}\n`)).toEqual([
      'DISTRIBUTED_STORAGE_CONFIG.a[1].os_options.user_domain_name: version 3 needs it (Set os_options.user_domain_name.)',
      'DISTRIBUTED_STORAGE_CONFIG.a[1].os_options.tenant_id: version 3 needs it (Set os_options.tenant_id.)',
    ]);
    expect(faults(`DISTRIBUTED_STORAGE_CONFIG: {a: [SwiftStorage, {${swift}, auth_version: 4}]}\n`)).toHaveLength(1);
  });

  test('K64 the key of a CloudFront distribution is in the bundle', () => {
    const engine =
      '{cloudfront_distribution_domain: d, cloudfront_key_id: k, cloudfront_privatekey_filename: cf.pem, storage_path: /r, s3_bucket: b, s3_region: r, s3_access_key: a, s3_secret_key: s}';
    const config = `DISTRIBUTED_STORAGE_CONFIG: {a: [CloudFrontedS3Storage, ${engine}]}\n`;
    expect(faults(config)).toEqual([
      'DISTRIBUTED_STORAGE_CONFIG.a[1].cloudfront_privatekey_filename: names a file that the bundle does not have (Put it there as cf.pem.)',
    ]);
    expect(faults(config, { 'cf.pem': 'key' })).toEqual([]);
  });

  test('K64 a CA of Swift may be an extra CA of the bundle', () => {
    const swift =
      '{swift_container: c, storage_path: /r, auth_url: u, swift_user: u, swift_password: p, ca_cert_path: /conf/stack/extra_ca_certs/swift.crt}';
    const config = `DISTRIBUTED_STORAGE_CONFIG: {a: [SwiftStorage, ${swift}]}\n`;
    expect(faults(config)).toHaveLength(1);
    expect(faults(config, { 'extra_ca_cert_swift.crt': 'pem' })).toEqual([]);
  });

  const shared = 's3_access_key: a, s3_secret_key: s, s3_region: r, s3_bucket: b, storage_path: /r';
  const network = '{cloudflare_domain: d, cloudflare_privatekey_filename: cf.pem}';
  const spread = (config: string, provider: string): string =>
    `DISTRIBUTED_STORAGE_CONFIG: {a: [MultiCDNStorage, {storage_config: {${config}}, default_provider: cf, rules: [], providers: {cf: [CloudFlareStorage, ${provider}], two: [CloudFlareStorage, ${provider}]}}]}\n`;

  test('K61 providers of MultiCDNStorage have the arguments of its storage_config as well', () => {
    expect(faults(spread(shared, network), { 'cf.pem': 'key' })).toEqual([]);
    expect(faults(spread(shared, network)).map((one) => one.split(':')[0])).toEqual([
      'DISTRIBUTED_STORAGE_CONFIG.a[1].providers.cf[1].cloudflare_privatekey_filename',
      'DISTRIBUTED_STORAGE_CONFIG.a[1].providers.two[1].cloudflare_privatekey_filename',
    ]);
  });

  test('K61 a fault of that storage_config is told once, and where it stands', () => {
    const found = faults(spread(shared.replace('s3_region', 's3_regoin'), network), { 'cf.pem': 'key' });
    expect(found.map((one) => one.split(' (')[0])).toEqual([
      'DISTRIBUTED_STORAGE_CONFIG.a[1].providers.cf[1].s3_region: CloudFlareStorage needs it',
      'DISTRIBUTED_STORAGE_CONFIG.a[1].storage_config.s3_regoin: CloudFlareStorage has no such argument, and Quay would not start',
      'DISTRIBUTED_STORAGE_CONFIG.a[1].providers.two[1].s3_region: CloudFlareStorage needs it',
    ]);
  });

  test('K61 the providers of MultiCDNStorage are delivery networks with arguments of their own', () => {
    const engine =
      '{storage_config: {}, default_provider: cf, rules: [{host: h, target: nobody, color: red}], providers: {cf: [LocalStorage, {storage_path: /r}]}}';
    expect(
      faults(`DISTRIBUTED_STORAGE_CONFIG: {a: [MultiCDNStorage, ${engine}]}\n`).map((one) => one.split(' (')[0]),
    ).toEqual([
      'DISTRIBUTED_STORAGE_CONFIG.a[1].providers.cf[0]: is no delivery network',
      'DISTRIBUTED_STORAGE_CONFIG.a[1].rules[0].color: is no key of a rule',
      'DISTRIBUTED_STORAGE_CONFIG.a[1].rules[0].target: names no provider',
    ]);
  });
});
