import { type Mirror, quayDurationSeconds } from '../../api/index.js';
import type { RobotNames } from '../robot-names.js';
import type { Credentials } from './credentials.js';

type Body = Readonly<Record<string, unknown>>;

const configFields: readonly (keyof Mirror)[] = ['verifyTLS', 'unsignedImages', 'proxy'];
const credentialFields: readonly (keyof Mirror)[] = ['username', 'passwordSecretRef'];

/** The body that creates a mirror. An incomplete `proxy` here would lose its first key in a later change. */
export function newMirror(mirror: Mirror, names: RobotNames, credentials: Credentials): Body {
  const { httpProxy = null, httpsProxy = null, noProxy = null } = mirror.proxy ?? {};
  return {
    ...plain(mirror, names),
    ...credentialsBody(credentials),
    external_registry_config: {
      verify_tls: mirror.verifyTLS,
      unsigned_images: mirror.unsignedImages,
      proxy: { http_proxy: httpProxy, https_proxy: httpsProxy, no_proxy: noProxy },
    },
  };
}

function plain(mirror: Mirror, names: RobotNames): Body {
  return {
    is_enabled: mirror.enabled,
    external_reference: mirror.externalReference,
    sync_interval: quayDurationSeconds(mirror.interval),
    sync_start_date: mirror.startDate,
    root_rule: { rule_kind: 'tag_glob_csv', rule_value: mirror.tags },
    robot_username: names.full(mirror.robot),
    skopeo_timeout_interval: mirror.timeoutSeconds,
  };
}

const keys: Readonly<Partial<Record<keyof Mirror, string>>> = {
  enabled: 'is_enabled',
  externalReference: 'external_reference',
  interval: 'sync_interval',
  startDate: 'sync_start_date',
  tags: 'root_rule',
  robot: 'robot_username',
  timeoutSeconds: 'skopeo_timeout_interval',
};

/** The body that changes these fields of a mirror, and only what is declared of them. */
export function changedMirror(
  mirror: Mirror,
  fields: readonly (keyof Mirror)[],
  names: RobotNames,
  credentials: Credentials,
): Body {
  const all = plain(mirror, names);
  const wanted = new Set(fields.map((field) => keys[field]));
  const has = (some: readonly (keyof Mirror)[]): boolean => some.some((field) => fields.includes(field));
  return {
    ...Object.fromEntries(Object.entries(all).filter(([key]) => wanted.has(key))),
    ...(has(credentialFields) ? credentialsBody(credentials) : {}),
    ...(has(configFields) ? { external_registry_config: changedConfig(mirror, fields) } : {}),
    ...(fields.includes('architectures') && mirror.architectures !== undefined
      ? { architecture_filter: mirror.architectures }
      : {}),
  };
}

function changedConfig(mirror: Mirror, fields: readonly (keyof Mirror)[]): Body {
  const { httpProxy, httpsProxy, noProxy } = mirror.proxy ?? {};
  const proxy = Object.entries({ http_proxy: httpProxy, https_proxy: httpsProxy, no_proxy: noProxy });
  return {
    ...(fields.includes('verifyTLS') ? { verify_tls: mirror.verifyTLS } : {}),
    ...(fields.includes('unsignedImages') ? { unsigned_images: mirror.unsignedImages } : {}),
    ...(fields.includes('proxy')
      ? { proxy: Object.fromEntries(proxy.filter(([, value]) => value !== undefined)) }
      : {}),
  };
}

/** Quay takes a password only together with its user. */
function credentialsBody({ username, password }: Credentials): Body {
  return { external_registry_username: username ?? null, external_registry_password: password ?? null };
}
