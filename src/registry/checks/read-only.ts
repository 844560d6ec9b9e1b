import { type FaultText } from '../faults.js';
import { type ConfigMapping } from '../config/value.js';
import { type Bundle } from '../inputs.js';
import { type Context } from '../settings/context.js';

export function isReadOnly(config: ConfigMapping): boolean {
  return config['REGISTRY_STATE'] === 'readonly';
}

const keys = [
  { key: 'INSTANCE_SERVICE_KEY_KID_LOCATION', file: 'quay-readonly.kid' },
  { key: 'INSTANCE_SERVICE_KEY_LOCATION', file: 'quay-readonly.pem' },
];

/** Its database cannot be written, so it cannot be brought to another version. */
export function readOnlyUpgradeFaults({ readOnly, release, inputs }: Context): readonly FaultText[] {
  const current = inputs.registry.status?.currentVersion;
  if (!readOnly || !current || current === release.version) return [];
  const message = `is readonly, and a migration from ${current} to ${release.version} would have to write`;
  const hint = `Set it to normal for the upgrade, or keep ${current} by version in QuayRegistryOptions.`;
  return [{ path: 'REGISTRY_STATE', source: 'config.yaml', message, hint }];
}

/** A registry that is read-only cannot make a service key: it needs one that was made before. */
export function readOnlyFaults({ config, files, lines = {} }: Bundle): readonly FaultText[] {
  if (!isReadOnly(config)) return [];
  const line = lines['REGISTRY_STATE'];
  return keys.flatMap(({ key, file }) => {
    const value = config[key];
    const at = { source: 'config.yaml', ...(line !== undefined && { line }) };
    if (typeof value !== 'string') {
      const message = 'is missing, and a read-only registry cannot make a service key';
      return [{ ...at, path: key, message, hint: `Set it to conf/stack/${file}, and put that file into the bundle.` }];
    }
    const name = value.slice(value.lastIndexOf('/') + 1);
    if (!value.includes('conf/stack') || Object.hasOwn(files, name)) return [];
    return [
      {
        ...at,
        path: key,
        message: `names ${name}, which the bundle does not have`,
        hint: 'Put that file into the bundle.',
      },
    ];
  });
}
