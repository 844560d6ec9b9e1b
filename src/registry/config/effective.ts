import { type Keys } from '../keys/keys.js';
import { type Context } from '../settings/context.js';
import { tlsProfileConfig } from '../settings/tls-profile.js';
import { baseDefaults } from './defaults.js';
import { builderSettings } from './builders.js';
import { fieldGroups } from './field-groups.js';
import { platformSettings } from './platform.js';
import { type ConfigMapping } from './value.js';

/**
 * The configuration that Quay gets, key by key; what stands later gives way: how managed components are reached · keys ·
 * the user's config.yaml · how components behave, the cluster's TLS profile and network · defaults.
 */
export function effectiveConfig(context: Context, keys: Keys): ConfigMapping {
  const { inputs } = context;
  const user = inputs.bundle.config;
  const groups = fieldGroups(context, keys);
  return {
    ...baseDefaults(inputs.facts.branding),
    ...profile(context),
    ...platformSettings(context),
    ...(Object.assign({}, ...groups.map(({ presets }) => presets ?? {})) as ConfigMapping),
    ...user,
    ...builderSettings(context, keys, user),
    DATABASE_SECRET_KEY: keys.databaseSecretKey,
    SECRET_KEY: keys.secretKey,
    ...(Object.assign({}, ...groups.map(({ fixed }) => fixed)) as ConfigMapping),
  };
}

/** Only where Quay itself ends TLS, and the user states neither of the two. */
function profile({ inputs, components, termination }: Context): ConfigMapping {
  const { config } = inputs.bundle;
  const isStated = ['SSL_PROTOCOLS', 'SSL_CIPHERS'].some((key) => Object.hasOwn(config, key));
  if (components.tls.managed || termination === 'edge' || isStated) return {};
  return tlsProfileConfig(inputs.facts.tlsProfile).config;
}
