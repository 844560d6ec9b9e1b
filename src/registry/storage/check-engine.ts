import { nearest } from '../../api/index.js';
import { type ConfigMapping, type ConfigValue, isMapping } from '../config/value.js';
import { plainNumber } from '../config/plain-number.js';
import { type ArgumentKind, type Engine, type EngineFault, type EngineName, engines } from './engines.js';
import { checkNetworks } from './check-networks.js';
import { missingFile } from './files.js';

const names = Object.keys(engines);

/** Checks `[driver, {arguments}]`; `files` are the keys of the bundle. */
export function checkEngine(value: ConfigValue, files: ReadonlySet<string>): readonly EngineFault[] {
  const [driver, given, ...rest] = Array.isArray(value) ? (value as readonly ConfigValue[]) : [];
  if (typeof driver !== 'string' || !isMapping(given) || rest.length > 0) {
    return [{ steps: [], message: 'is not a driver and its arguments', hint: 'Write [S3Storage, {s3_bucket: …}].' }];
  }
  if (!isEngine(driver)) {
    const near = nearest(driver, names);
    // Quay takes a driver that it does not know for one that keeps images in memory.
    const hint = near === undefined ? `Take one of ${names.join(', ')}.` : `Did you mean ${near}?`;
    return [{ steps: [0], message: `${driver} is no storage driver of Quay`, hint }];
  }
  const faults = [...checkArguments(driver, given), ...special(driver, given, files)];
  return faults.map(({ steps, ...fault }) => ({ ...fault, steps: [1, ...steps] }));
}

function isEngine(name: string): name is EngineName {
  return Object.hasOwn(engines, name);
}

function checkArguments(driver: EngineName, given: ConfigMapping): readonly EngineFault[] {
  const { required, optional }: Engine = engines[driver];
  const known: Engine['required'] = { ...required, ...optional };
  const missing = Object.keys(required)
    .filter((name) => given[name] === undefined || given[name] === null || given[name] === '')
    .map((name) => ({ steps: [name], message: `${driver} needs it`, hint: `Set ${name}.` }));
  const wrong = Object.entries(given).flatMap(([name, value]): EngineFault[] => {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) return [unknownArgument(driver, name, Object.keys(known))];
    const isLeftOut = value === null || value === '';
    return isLeftOut || fits(kind, value)
      ? []
      : [{ steps: [name], message: `has to be ${words[kind]}`, hint: 'Correct its value.' }];
  });
  return [...missing, ...wrong];
}

function unknownArgument(driver: EngineName, name: string, known: readonly string[]): EngineFault {
  const near = nearest(name, known);
  const hint = near === undefined ? `It takes ${known.join(', ')}.` : `Did you mean ${near}?`;
  return { steps: [name], message: `${driver} has no such argument, and Quay would not start`, hint };
}

const words: Readonly<Record<ArgumentKind, string>> = {
  text: 'text',
  number: 'a number',
  port: 'a port',
  flag: 'true or false',
  map: 'a mapping',
  list: 'a list',
};

function fits(kind: ArgumentKind, value: ConfigValue): boolean {
  const plain = plainNumber(value);
  switch (kind) {
    case 'text':
      return typeof plain === 'string';
    case 'number':
      return typeof plain === 'number';
    case 'port':
      return isPort(plain);
    case 'flag':
      return typeof plain === 'boolean';
    case 'map':
      return isMapping(plain);
    case 'list':
      return Array.isArray(plain);
  }
}

/** Quay takes it as a number, or as text of digits. */
function isPort(value: ConfigValue | undefined): boolean {
  const isText = typeof value === 'string' && /^\d{1,5}$/.test(value);
  const port = isText || typeof value === 'number' ? Number(value) : 0;
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** What one driver alone asks for. */
function special(driver: EngineName, given: ConfigMapping, files: ReadonlySet<string>): readonly EngineFault[] {
  const inBundle = ['cloudfront_privatekey_filename', 'cloudflare_privatekey_filename', 'ca_cert_path'].flatMap(
    (name) => missingFile(name, given[name], files),
  );
  if (driver === 'SwiftStorage') return [...inBundle, ...checkSwift(given)];
  return driver === 'MultiCDNStorage' ? checkNetworks(given, (provider) => checkEngine(provider, files)) : inBundle;
}

function checkSwift({ auth_version: version = 2, os_options: options }: ConfigMapping): readonly EngineFault[] {
  const number = Number(plainNumber(version));
  if (![1, 2, 3].includes(number)) {
    return [{ steps: ['auth_version'], message: 'has to be 1, 2 or 3', hint: 'OpenStack Keystone has version 3.' }];
  }
  if (number !== 3) return [];
  return ['user_domain_name', 'tenant_id']
    .filter((name) => !isMapping(options) || typeof options[name] !== 'string' || options[name] === '')
    .map((name) => ({ steps: ['os_options', name], message: 'version 3 needs it', hint: `Set os_options.${name}.` }));
}
