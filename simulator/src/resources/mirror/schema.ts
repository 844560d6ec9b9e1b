import { type Schema } from '../../http/json-schema.js';

const optionalTextSchema: Schema = { type: ['string', 'null'] };

/** TLS and proxy settings of a mirror. */
export const registryConfigSchema: Schema = {
  type: 'object',
  properties: {
    verify_tls: { type: 'boolean' },
    unsigned_images: { type: 'boolean' },
    proxy: {
      type: 'object',
      properties: { http_proxy: optionalTextSchema, https_proxy: optionalTextSchema, no_proxy: optionalTextSchema },
    },
  },
};

const properties: Readonly<Record<string, Schema>> = {
  is_enabled: { type: 'boolean' },
  external_reference: { type: 'string' },
  external_registry_username: optionalTextSchema,
  external_registry_password: optionalTextSchema,
  sync_start_date: { type: 'string' },
  sync_interval: { type: 'integer', minimum: 0 },
  robot_username: { type: 'string' },
  skopeo_timeout_interval: { type: 'integer', minimum: 300 },
  root_rule: {
    type: 'object',
    required: ['rule_kind', 'rule_value'],
    properties: {
      rule_kind: { type: 'string', enum: ['tag_glob_csv'] },
      rule_value: { type: 'array', items: { type: 'string' } },
    },
  },
  external_registry_config: registryConfigSchema,
  architecture_filter: { type: 'array', items: { type: 'string' } },
};

/** Keys that a creation may have; any other crashes the real server. */
export const mirrorKeys: ReadonlySet<string> = new Set(Object.keys(properties));

/** The body that creates a repository mirror. */
export const newMirrorSchema: Schema = {
  required: ['external_reference', 'sync_interval', 'sync_start_date', 'root_rule', 'skopeo_timeout_interval'],
  properties: properties,
};

/** The body that changes one. */
export const changedMirrorSchema: Schema = { properties: properties };

/** The body that creates an organization mirror. */
export const newOrganizationMirrorSchema: Schema = {
  required: [
    'external_registry_type',
    'external_registry_url',
    'external_namespace',
    'robot_username',
    'visibility',
    'sync_interval',
    'sync_start_date',
  ],
  properties: { external_registry_type: { type: 'string', enum: ['harbor', 'quay'] }, ...organizationProperties() },
};

/** The body that changes one; the type of the registry is passed over. */
export const changedOrganizationMirrorSchema: Schema = { properties: organizationProperties() };

function organizationProperties(): Readonly<Record<string, Schema>> {
  return {
    external_registry_url: { type: 'string' },
    external_namespace: { type: 'string', maxLength: 255 },
    robot_username: { type: 'string' },
    visibility: { type: 'string', enum: ['public', 'private'] },
    sync_interval: { type: 'integer', minimum: 60 },
    sync_start_date: { type: 'string' },
    is_enabled: { type: 'boolean' },
    external_registry_username: optionalTextSchema,
    external_registry_password: optionalTextSchema,
    external_registry_config: registryConfigSchema,
    repository_filters: { type: 'array', items: { type: 'string' } },
    skopeo_timeout: { type: 'integer', minimum: 30, maximum: 3600 },
  };
}
