/** What the value of an argument has to be. */
export type ArgumentKind = 'text' | 'number' | 'port' | 'flag' | 'map' | 'list';

/** The arguments of one storage driver of Quay: any other makes Quay fail at its start. */
export interface Engine {
  readonly required: Readonly<Record<string, ArgumentKind>>;
  readonly optional: Readonly<Record<string, ArgumentKind>>;
}

/** Something wrong with one location. */
export interface EngineFault {
  readonly steps: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
}

const bucket = { storage_path: 'text', s3_bucket: 'text' } as const;
const s3Keys = { s3_access_key: 'text', s3_secret_key: 'text' } as const;
const s3Tuning = {
  host: 'text',
  port: 'port',
  endpoint_url: 'text',
  minimum_chunk_size_mb: 'number',
  maximum_chunk_size_gb: 'number',
  aws_session_token: 'text',
  signature_version: 'text',
} as const;
const ceph = {
  required: {
    hostname: 'text',
    is_secure: 'flag',
    storage_path: 'text',
    access_key: 'text',
    secret_key: 'text',
    bucket_name: 'text',
  },
  optional: {
    port: 'port',
    region_name: 'text',
    signature_version: 'text',
    minimum_chunk_size_mb: 'number',
    maximum_chunk_size_mb: 'number',
    server_side_assembly: 'flag',
  },
} as const;

/** Quay's storage drivers by name. */
export const engines = {
  LocalStorage: { required: { storage_path: 'text' }, optional: {} },
  S3Storage: { required: bucket, optional: { ...s3Keys, s3_region: 'text', ...s3Tuning } },
  STSS3Storage: {
    required: bucket,
    optional: {
      sts_role_arn: 'text',
      sts_user_access_key: 'text',
      sts_user_secret_key: 'text',
      s3_region: 'text',
      endpoint_url: 'text',
      maximum_chunk_size_gb: 'number',
      signature_version: 'text',
    },
  },
  CloudFrontedS3Storage: {
    required: {
      cloudfront_distribution_domain: 'text',
      cloudfront_key_id: 'text',
      cloudfront_privatekey_filename: 'text',
      ...bucket,
      s3_region: 'text',
      // The constructor takes the default chain of AWS; the check that Quay runs before it starts does not.
      ...s3Keys,
    },
    optional: { cloudfront_distribution_org_overrides: 'map', ...s3Tuning },
  },
  CloudFlareStorage: {
    required: {
      cloudflare_domain: 'text',
      cloudflare_privatekey_filename: 'text',
      ...bucket,
      s3_region: 'text',
      ...s3Keys,
    },
    optional: s3Tuning,
  },
  AkamaiS3Storage: {
    required: { akamai_domain: 'text', akamai_shared_secret: 'text', ...bucket, s3_region: 'text' },
    optional: { ...s3Keys, ...s3Tuning },
  },
  GoogleCloudStorage: {
    required: { storage_path: 'text', access_key: 'text', secret_key: 'text', bucket_name: 'text' },
    optional: { boto_timeout: 'number', minimum_chunk_size_mb: 'number', signature_version: 'text' },
  },
  RadosGWStorage: ceph,
  RHOCSStorage: ceph,
  IBMCloudStorage: {
    required: ceph.required,
    optional: { port: 'port', maximum_chunk_size_mb: 'number', signature_version: 'text' },
  },
  AzureStorage: {
    required: { azure_container: 'text', storage_path: 'text', azure_account_name: 'text' },
    optional: { azure_account_key: 'text', sas_token: 'text', endpoint_url: 'text' },
  },
  SwiftStorage: {
    required: {
      swift_container: 'text',
      storage_path: 'text',
      auth_url: 'text',
      swift_user: 'text',
      swift_password: 'text',
    },
    optional: {
      auth_version: 'number',
      os_options: 'map',
      ca_cert_path: 'text',
      temp_url_key: 'text',
      simple_path_concat: 'flag',
      connect_timeout: 'number',
      retry_count: 'number',
      retry_on_ratelimit: 'flag',
    },
  },
  MultiCDNStorage: {
    required: { storage_config: 'map', providers: 'map', default_provider: 'text', rules: 'list' },
    optional: {},
  },
} as const satisfies Readonly<Record<string, Engine>>;

/** The name of a storage driver. */
export type EngineName = keyof typeof engines;

interface Kinds {
  readonly text: string;
  readonly number: number;
  readonly port: number | string;
  readonly flag: boolean;
  readonly map: Readonly<Record<string, unknown>>;
  readonly list: readonly unknown[];
}
type Values<T> = { readonly [K in keyof T]: T[K] extends ArgumentKind ? Kinds[T[K]] : never };

/** The arguments of a driver, as TypeScript checks them. */
export type EngineArguments<N extends EngineName> = Values<(typeof engines)[N]['required']> &
  Partial<Values<(typeof engines)[N]['optional']>>;

/** One location of `DISTRIBUTED_STORAGE_CONFIG`. */
export type StorageEngine = { [N in EngineName]: readonly [driver: N, arguments: EngineArguments<N>] }[EngineName];

/** Drivers that a `MultiCDNStorage` hands downloads to. */
export const deliveryNetworks: readonly EngineName[] = [
  'CloudFrontedS3Storage',
  'CloudFlareStorage',
  'AkamaiS3Storage',
];
