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
  test('K61 the thirteen drivers take exactly their arguments', () => {
    expect(Object.keys(engines)).toHaveLength(13);
    for (const [driver, { required }] of Object.entries(engines)) {
      const found = faults(`DISTRIBUTED_STORAGE_CONFIG: {a: [${driver}, {}]}\n`);
      expect(found).toHaveLength(Object.keys(required).length);
      const strange = faults(`DISTRIBUTED_STORAGE_CONFIG: {a: [${driver}, {nonsense_of_mine: 1}]}\n`);
      expect(strange.at(-1)).toMatch(/nonsense_of_mine: \w+ has no such argument, and Quay would not start/);
    }
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
