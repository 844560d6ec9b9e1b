import { proxyVariable } from '../../proxy/index.js';
import type { Address } from './address.js';
import type { Environment } from '../run/environment.js';
import { keyText, withSecretFiles, type WriteSecret } from '../../files/secret-files.js';

/** A user, and a password that is good now. */
export interface Login {
  readonly username?: string;
  readonly password: string;
}

/** How to prove who we are to a remote; a password that changes is asked for by each command. */
export type Credentials =
  Login | { readonly login: () => Promise<Login> } | { readonly privateKey: string; readonly knownHosts: string };

/** What a command that talks to the remote needs. */
export interface Access {
  readonly address: Address;
  readonly credentials?: Credentials;
  /** PEM: the only CAs that are trusted for this remote. */
  readonly ca?: string;
  readonly environment?: Environment;
  /** Tells git that what the copy lacks is on the remote. A command that is not told so never asks for it by itself. @default false */
  readonly lacksFiles?: boolean;
}

/** Runs `work` with the environment that lets git reach the remote; the files behind it are gone afterwards. */
export function withAccess<T>(
  given: Access,
  work: (environment: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  return withSecretFiles(async (write) => {
    const { credentials } = given;
    const isChanging = credentials !== undefined && 'login' in credentials;
    const access = isChanging ? { ...given, credentials: await credentials.login() } : given;
    const ca = access.ca === undefined ? undefined : await write('ca.pem', access.ca);
    const config = await write('config', configuration(access, ca));
    const more = access.address.kind === 'ssh' ? await sshEnvironment(access, write) : proxyEnvironment(access);
    return work({ GIT_CONFIG_GLOBAL: config, ...more });
  });
}

/** Everything that must not appear in any text: each credential as given and as it travels; of a login what it gives shows then. */
export function secretsOf({ address, credentials }: Access): readonly string[] {
  const password = passwordOf(address, credentials);
  const key = credentials !== undefined && 'privateKey' in credentials ? [credentials.privateKey] : [];
  if (password === undefined) return key;
  const { secret, username } = password;
  return [secret, encodeURIComponent(secret), basic(username, secret), Buffer.from(secret).toString('base64'), ...key];
}

interface Password {
  readonly username: string;
  readonly secret: string;
}

function passwordOf(address: Address, credentials: Credentials | undefined): Password | undefined {
  if (credentials !== undefined && 'password' in credentials) {
    return { username: credentials.username ?? address.username ?? 'git', secret: credentials.password };
  }
  return address.password === undefined ? undefined : { username: address.username ?? 'git', secret: address.password };
}

function basic(username: string, secret: string): string {
  return Buffer.from(`${username}:${secret}`).toString('base64');
}

function configuration(access: Access, ca: string | undefined): string {
  const { address, lacksFiles = false } = access;
  const promisor = ['[remote "quayside"]', `url = ${quoted(address.url)}`, 'promisor = true'];
  const lines = [...(address.kind === 'http' ? httpSettings(access, ca) : []), ...(lacksFiles ? promisor : [])];
  return lines.map((line) => `${line}\n`).join('');
}

function httpSettings({ address, credentials }: Access, ca: string | undefined): readonly string[] {
  // Following a redirect would carry the credentials to a host that nobody named.
  const lines = ['[http]', 'followRedirects = false', 'lowSpeedLimit = 100', 'lowSpeedTime = 120'];
  if (ca !== undefined) lines.push(`sslCAInfo = ${quoted(ca)}`);
  const password = passwordOf(address, credentials);
  if (password !== undefined) {
    const header = `Authorization: Basic ${basic(password.username, password.secret)}`;
    lines.push(`[http ${quoted(new URL('/', address.url).href)}]`, `extraHeader = ${quoted(header)}`);
  }
  return lines;
}

const proxyVariables = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** What git makes of NO_PROXY depends on its curl, which knows no ranges before 7.86: so it is told the result. */
function proxyEnvironment({ address, environment = {} }: Access): Readonly<Record<string, string>> {
  if (address.kind !== 'http') return {};
  const names = address.url.startsWith('https:') ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
  if (names.every((name) => (environment[name] ?? '') === '')) return {};
  const found = proxyVariable(address.url, environment);
  const nothing = Object.fromEntries(proxyVariables.map((name) => [name, '']));
  const exceptions = { no_proxy: '', NO_PROXY: '' };
  return { ...nothing, ...exceptions, ...(found && { [names[0] ?? '']: found.value }) };
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

async function sshEnvironment(
  { credentials, environment = {} }: Access,
  write: WriteSecret,
): Promise<Readonly<Record<string, string>>> {
  const options = ['BatchMode=yes', 'ConnectTimeout=20', 'ServerAliveInterval=15', 'ServerAliveCountMax=4'];
  const files: string[] = [];
  const own = environment['SSH_AUTH_SOCK'];
  if (credentials !== undefined && 'privateKey' in credentials) {
    const key = await write('key', keyText(credentials.privateKey));
    const hosts = await write('known_hosts', credentials.knownHosts.trimEnd() + '\n');
    files.push('-F', '/dev/null', '-i', key);
    options.push('IdentitiesOnly=yes', 'IdentityAgent=none', 'PreferredAuthentications=publickey');
    options.push('StrictHostKeyChecking=yes', `UserKnownHostsFile=${hosts}`, 'GlobalKnownHostsFile=/dev/null');
  }
  const words = ['ssh', ...files, ...options.flatMap((option) => ['-o', option])];
  const agent: Record<string, string> = credentials === undefined && own !== undefined ? { SSH_AUTH_SOCK: own } : {};
  return { GIT_SSH_COMMAND: words.map(shellQuoted).join(' '), GIT_SSH_VARIANT: 'ssh', ...agent };
}

function shellQuoted(word: string): string {
  return /^[\w/.:=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
