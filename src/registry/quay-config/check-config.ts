import { nearest } from '../../api/index.js';
import { lineOf } from '../bundle/index.js';
import { type CheckedConfig, secretObject } from '../config/checked-config.js';
import { durationSeconds } from '../durations.js';
import { type Fault, faultsOf } from '../faults.js';
import { pathOf } from '../paths.js';
import { type ConfigMapping } from '../config/value.js';
import { checkShape, type ShapeFault } from './check-shape.js';
import { quayKeys, requiredKeys } from './keys.js';

interface Found extends ShapeFault {
  readonly severity?: 'warning';
}

/**
 * Checks keys and values of a configuration: types, enumerations, bounds, durations, and what Quay's two validators ask for. An
 * unknown key is a warning, since a later release may know it.
 */
export function checkQuayConfig({ secret, config, lines }: Omit<CheckedConfig, 'files'>): readonly Fault[] {
  const unknown = Object.keys(config).filter((key) => !Object.hasOwn(quayKeys, key) && !isProvider(key));
  const found: readonly Found[] = [
    ...unknown.slice(0, mostUnknown).map(unknownKey),
    ...moreUnknown(unknown),
    ...Object.entries(config).flatMap(([key, value]) => {
      const shape = Object.hasOwn(quayKeys, key) ? quayKeys[key] : undefined;
      if (shape === undefined) return [];
      return checkShape(value, shape).map(({ steps, ...fault }) => ({ ...fault, steps: [key, ...steps] }));
    }),
    ...expirations(config),
    ...protocols(config),
  ];
  return found.map(({ steps, ...fault }) => {
    const line = lineOf(lines, steps);
    const text = { path: pathOf(steps), source: 'config.yaml', ...fault, ...(line !== undefined && { line }) };
    return faultsOf(secretObject(secret))(text);
  });
}

/** What an effective configuration lacks without which Quay does not start. */
export function missingKeys(secret: string | undefined, config: ConfigMapping): readonly Fault[] {
  return requiredKeys
    .filter((key) => config[key] === undefined || config[key] === null)
    .map((key) => ({
      path: key,
      source: 'config.yaml',
      message: 'is missing, and Quay does not start without it',
      hint: `Set ${key} in config.yaml, or have the component managed that sets it.`,
      lacking: key,
    }))
    .map(faultsOf(secretObject(secret)));
}

/** People name their identity providers themselves. */
function isProvider(key: string): boolean {
  return /^[A-Z0-9][A-Z0-9_]*_LOGIN_CONFIG$/.test(key);
}

/** Beyond that it is another file, and the nearest name of each would take seconds to find. */
const mostUnknown = 50;

function moreUnknown(unknown: readonly string[]): readonly Found[] {
  const [key] = unknown.slice(mostUnknown);
  if (key === undefined) return [];
  const message = `and ${unknown.length - mostUnknown - 1} more are no keys that Quay is known to read`;
  return [{ steps: [key], message, hint: "Give Quay's own config.yaml, and take out the rest.", severity: 'warning' }];
}

function unknownKey(key: string): Found {
  const near = nearest(key, Object.keys(quayKeys));
  const hint = near === undefined ? 'Look it up for your release of Quay, or take it out.' : `Did you mean ${near}?`;
  return { steps: [key], message: 'is no key that Quay is known to read', hint, severity: 'warning' };
}

function expirations({
  DEFAULT_TAG_EXPIRATION: preset,
  TAG_EXPIRATION_OPTIONS: options,
}: ConfigMapping): readonly Found[] {
  if (typeof preset !== 'string' || durationSeconds(preset) === undefined || !Array.isArray(options)) return [];
  if ((options as readonly unknown[]).includes(preset)) return [];
  const hint = `Add ${preset} to TAG_EXPIRATION_OPTIONS, or take one of its values.`;
  return [{ steps: ['DEFAULT_TAG_EXPIRATION'], message: 'is not among TAG_EXPIRATION_OPTIONS', hint }];
}

function protocols({ SSL_PROTOCOLS: stated }: ConfigMapping): readonly Found[] {
  if (!Array.isArray(stated)) return [];
  return (stated as readonly unknown[]).flatMap((protocol, at) => {
    if (protocol === 'TLSv1.2' || protocol === 'TLSv1.3') return [];
    const hint = 'Quay takes TLSv1.2 and TLSv1.3.';
    return [{ steps: ['SSL_PROTOCOLS', at], message: "is refused by Quay's validator", hint }];
  });
}
