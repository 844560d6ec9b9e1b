import { type ConfigMapping } from '../config/value.js';
import { writeConfig } from '../config/write.js';
import { type SecretContents } from '../inputs.js';
import { type KeyResult } from '../keys/keys.js';
import { type Context, isManaged } from '../settings/context.js';
import { proxyVariables } from '../settings/proxy.js';

const extraCa = 'extra_ca_cert_';

/** Keys of the bundle that are for somebody else than Quay, whose pods must not see them. */
const elsewhere = new Set([
  'config.yaml',
  'ssl.cert',
  'ssl.key',
  'clair-config.yaml',
  'clair-ssl.crt',
  'clair-ssl.key',
]);

/** Makes the database's extension that Quay's search needs. */
const bootstrap = [
  '#!/bin/bash',
  'set -eu',
  'psql --no-psqlrc --dbname "$POSTGRESQL_DATABASE" --command \'CREATE EXTENSION IF NOT EXISTS pg_trgm\'',
  '',
].join('\n');

/** Contents of all Secrets by their logical names. */
export function secretContents(
  context: Context,
  { keys, contents }: KeyResult,
  config: { readonly quay: ConfigMapping; readonly clair?: ConfigMapping | undefined },
): Readonly<Record<string, SecretContents>> {
  const { names, inputs, hostnames } = context;
  const all: Record<string, SecretContents> = {
    [names.configSecret]: configFiles(context, config.quay),
    [names.tlsSecret]: { text: certificates(context) },
    [names.extraCaSecret]: extraCertificates(context),
    [names.proxySecret]: { text: proxyVariables(inputs.facts, hostnames.host) },
    [names.keysSecret]: { text: contents },
  };
  if (config.clair !== undefined) all[names.clairSecret] = clairFiles(context, config.clair);
  if (isManaged(context, 'postgres')) {
    all[names.databaseSecret] = { text: databaseCredentials(keys.databaseUri, keys.databaseRootPassword) };
    all[names.databaseBootstrap] = { text: { 'create-extensions.sh': bootstrap } };
  }
  if (isManaged(context, 'clairpostgres')) {
    all[names.clairDatabaseSecret] = {
      text: {
        'database-username': keys.clairUser,
        'database-name': keys.clairDatabase,
        'database-password': keys.clairPassword,
        'database-root-password': keys.clairRootPassword,
      },
    };
  }
  if (keys.redisPassword !== undefined) all[names.redisSecret] = { text: { password: keys.redisPassword } };
  return all;
}

function configFiles({ inputs }: Context, config: ConfigMapping): SecretContents {
  const { files, binary = {} } = inputs.bundle;
  const isForQuay = ([key]: [string, string]): boolean => !elsewhere.has(key) && !key.startsWith(extraCa);
  const passed = Object.fromEntries(Object.entries(files).filter(isForQuay));
  const passedBinary = Object.fromEntries(Object.entries(binary).filter(isForQuay));
  return {
    text: { ...passed, 'config.yaml': writeConfig(config) },
    ...(Object.keys(passedBinary).length > 0 && { binary: passedBinary }),
  };
}

/** Quay's own pair where it ends TLS, and the router's certificate, by which pods trust the registry's address. */
function certificates({ pair, termination, inputs }: Context): Readonly<Record<string, string>> {
  const { routerCertificate } = inputs.facts;
  return {
    ...(pair !== undefined && termination !== 'edge' && { 'ssl.cert': pair.certificate, 'ssl.key': pair.key }),
    ...(routerCertificate !== undefined && { 'ocp-cluster-wildcard.cert': routerCertificate }),
  };
}

function extraCertificates({ inputs }: Context): SecretContents {
  const { files, binary = {} } = inputs.bundle;
  const taken = (given: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(given)
        .filter(([key]) => key.startsWith(extraCa) && key.length > extraCa.length)
        .map(([key, value]) => [key.slice(extraCa.length), value]),
    );
  const others = taken(binary);
  return { text: taken(files), ...(Object.keys(others).length > 0 && { binary: others }) };
}

function clairFiles({ inputs }: Context, config: ConfigMapping): SecretContents {
  const { files } = inputs.bundle;
  const user = files['clair-config.yaml'];
  const pair = Object.entries(files).filter(([key]) => key === 'clair-ssl.crt' || key === 'clair-ssl.key');
  return {
    text: {
      'config.yaml': writeConfig(config),
      ...(user !== undefined && { '01_user_config.yaml': user }),
      ...(pair.length === 2 && Object.fromEntries(pair)),
    },
  };
}

/** The parts of `postgresql://user:password@host:port/database`. */
export function databaseCredentials(uri: string, rootPassword: string): Readonly<Record<string, string>> {
  const [, user = '', password = '', database = ''] = /^[\w+]+:\/\/([^:@/]*):([^@/]*)@[^/]*\/([^?]*)/.exec(uri) ?? [];
  return {
    'database-username': decoded(user),
    'database-password': decoded(password),
    'database-name': decoded(database),
    'database-root-password': rootPassword,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
