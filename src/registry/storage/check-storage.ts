import { nearest } from '../../api/index.js';
import { lineOf } from '../bundle/index.js';
import { type CheckedConfig, secretObject } from '../config/checked-config.js';
import { type Fault, faultsOf } from '../faults.js';
import { pathOf } from '../paths.js';
import { type ConfigMapping, type ConfigValue, isMapping } from '../config/value.js';
import { checkEngine } from './check-engine.js';

/** Where a fault is, by steps from the top of the configuration. */
interface Found {
  readonly steps: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
}

const perFeature = ['USERFILES_LOCATION', 'LOG_ARCHIVE_LOCATION', 'ACTION_LOG_ARCHIVE_LOCATION'] as const;

/** Checks every storage engine, and that everything that names a location names one that exists. */
export function checkStorage({ secret, config, files, lines }: CheckedConfig): readonly Fault[] {
  return storageFaults(config, new Set(Object.keys(files))).map(({ steps, ...fault }) => {
    const line = lineOf(lines, steps);
    const text = { path: pathOf(steps), source: 'config.yaml', ...fault, ...(line !== undefined && { line }) };
    return faultsOf(secretObject(secret))(text);
  });
}

function storageFaults(config: ConfigMapping, files: ReadonlySet<string>): readonly Found[] {
  const { DISTRIBUTED_STORAGE_CONFIG: stated } = config;
  if (stated === undefined) return references(config, undefined);
  if (!isMapping(stated) || Object.keys(stated).length === 0) {
    const hint = 'Write a mapping of locations: {default: [S3Storage, {…}]}.';
    return [{ steps: ['DISTRIBUTED_STORAGE_CONFIG'], message: 'has no location', hint }];
  }
  const engines = Object.entries(stated).flatMap(([location, engine]) =>
    checkEngine(engine, files).map(({ steps, ...fault }) => ({
      ...fault,
      steps: ['DISTRIBUTED_STORAGE_CONFIG', location, ...steps],
    })),
  );
  return [...engines, ...references(config, stated), ...replication(config, stated)];
}

function references(config: ConfigMapping, locations: ConfigMapping | undefined): readonly Found[] {
  const lists = ['DISTRIBUTED_STORAGE_PREFERENCE', 'DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS'].flatMap((key) => {
    const value = config[key];
    return Array.isArray(value) ? (value as readonly ConfigValue[]).map((id, at) => ({ steps: [key, at], id })) : [];
  });
  const single = perFeature.flatMap((key) => {
    const id = config[key];
    return id === undefined || id === null ? [] : [{ steps: [key], id }];
  });
  // Without a configuration of its own the locations are those of managed object storage.
  const known = locations === undefined ? ['local_us'] : Object.keys(locations);
  return [...lists, ...single].flatMap(({ steps, id }) =>
    typeof id === 'string' && known.includes(id) ? [] : [{ steps, ...noLocation(id, known) }],
  );
}

function noLocation(id: ConfigValue, known: readonly string[]): Omit<Found, 'steps'> {
  if (typeof id !== 'string') return { message: 'is no name of a location', hint: `There is ${known.join(', ')}.` };
  const near = nearest(id, known);
  const hint = near === undefined ? `There is ${known.join(', ')}.` : `Did you mean ${near}?`;
  return { message: `names the location ${id}, which DISTRIBUTED_STORAGE_CONFIG does not have`, hint };
}

function replication(config: ConfigMapping, locations: ConfigMapping): readonly Found[] {
  if (config.FEATURE_STORAGE_REPLICATION !== true) return [];
  const local = Object.entries(locations)
    .filter(([, engine]) => Array.isArray(engine) && engine[0] === 'LocalStorage')
    .map(([location]) => ({
      steps: ['DISTRIBUTED_STORAGE_CONFIG', location, 0],
      message: 'LocalStorage cannot be replicated',
      hint: 'Use an object storage, or set FEATURE_STORAGE_REPLICATION to false.',
    }));
  const preference = config.DISTRIBUTED_STORAGE_PREFERENCE;
  if (Array.isArray(preference) && preference.length > 0) return local;
  const hint = 'List the locations, the nearest first.';
  return [...local, { steps: ['DISTRIBUTED_STORAGE_PREFERENCE'], message: 'replication needs it', hint }];
}
