import type { Schema } from '../../http/json-schema.js';

const OPTIONAL_TEXT: Schema = { type: ['string', 'null'] };

/** TLS and proxy settings of a mirror. */
export const REGISTRY_CONFIG: Schema = {
  type: 'object',
  properties: {
    verify_tls: { type: 'boolean' },
    unsigned_images: { type: 'boolean' },
    proxy: {
      type: 'object',
      properties: { http_proxy: OPTIONAL_TEXT, https_proxy: OPTIONAL_TEXT, no_proxy: OPTIONAL_TEXT },
    },
  },
};

const PROPERTIES: Readonly<Record<string, Schema>> = {
  is_enabled: { type: 'boolean' },
  external_reference: { type: 'string' },
  external_registry_username: OPTIONAL_TEXT,
  external_registry_password: OPTIONAL_TEXT,
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
  external_registry_config: REGISTRY_CONFIG,
  architecture_filter: { type: 'array', items: { type: 'string' } },
};

/** Keys that a creation may have; any other crashes the real server. */
export const MIRROR_KEYS: ReadonlySet<string> = new Set(Object.keys(PROPERTIES));

/** The body that creates a repository mirror. */
export const NEW_MIRROR: Schema = {
  required: ['external_reference', 'sync_interval', 'sync_start_date', 'root_rule', 'skopeo_timeout_interval'],
  properties: PROPERTIES,
};

/** The body that changes one. */
export const CHANGED_MIRROR: Schema = { properties: PROPERTIES };

/** The body that creates an organization mirror. */
export const NEW_ORGANIZATION_MIRROR: Schema = {
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
export const CHANGED_ORGANIZATION_MIRROR: Schema = { properties: organizationProperties() };

function organizationProperties(): Readonly<Record<string, Schema>> {
  return {
    external_registry_url: { type: 'string' },
    external_namespace: { type: 'string', maxLength: 255 },
    robot_username: { type: 'string' },
    visibility: { type: 'string', enum: ['public', 'private'] },
    sync_interval: { type: 'integer', minimum: 60 },
    sync_start_date: { type: 'string' },
    is_enabled: { type: 'boolean' },
    external_registry_username: OPTIONAL_TEXT,
    external_registry_password: OPTIONAL_TEXT,
    external_registry_config: REGISTRY_CONFIG,
    repository_filters: { type: 'array', items: { type: 'string' } },
    skopeo_timeout: { type: 'integer', minimum: 30, maximum: 3600 },
  };
}
