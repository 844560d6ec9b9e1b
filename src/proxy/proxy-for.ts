import { BlockList, isIP } from 'node:net';
import { TerminalError } from '../errors/index.js';
import { type Destination, isExcepted, withoutBrackets } from './no-proxy.js';

/** A proxy that the variables of the process name. */
export interface Proxy {
  /** With the login in it, if it has one. */
  readonly url: string;
  /** For people: without a login. */
  readonly shown: string;
  /** The variable that names it. */
  readonly variable: string;
}

/** A variable and what it holds. */
interface Variable {
  readonly variable: string;
  readonly value: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Which schemes a caller can use a proxy by. */
const schemes = ['http:', 'https:'];
const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** The proxy for an address; undefined where it is to be called directly. This host itself is never behind a proxy. */
export function proxyFor(address: string, environment: Environment): Proxy | undefined {
  const found = proxyVariable(address, environment);
  return found && readProxy(found);
}

/** The variable that names the proxy for an address, for a program that reads it by itself. */
export function proxyVariable(address: string, environment: Environment): Variable | undefined {
  const { protocol, hostname, port } = new URL(address);
  const found = variableOf(protocol, environment);
  if (found === undefined) return undefined;
  const host = withoutBrackets(hostname.toLowerCase().replace(/(?<=.)\.$/, ''));
  const destination: Destination = { host, port: port === '' ? (defaultPorts[protocol] ?? 0) : Number(port) };
  const noProxy = environment['no_proxy'] ?? environment['NO_PROXY'] ?? '';
  return isThisHost(host) || isExcepted(noProxy, destination) ? undefined : found;
}

function variableOf(protocol: string, environment: Environment): Variable | undefined {
  const name = protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  for (const variable of [name, name.toUpperCase()]) {
    const value = environment[variable]?.trim();
    if (value !== undefined && value !== '') return { variable, value };
  }
  return undefined;
}

function readProxy({ variable, value: written }: Variable): Proxy {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // It is not repeated: it may hold a password.
  if (url !== undefined && /^socks/.test(url.protocol)) {
    throw new TerminalError(
      'ProxyInvalid',
      `${variable} names a SOCKS proxy, which only git and a kubeconfig can use`,
      {
        hint: 'Name an HTTP proxy for Quay, as http://host:port; the API server may have a SOCKS proxy as proxy-url of its kubeconfig.',
      },
    );
  }
  if (url === undefined || !schemes.includes(url.protocol) || url.hostname === '') {
    throw new TerminalError('ProxyInvalid', `${variable} is not the address of a proxy that can be used`, {
      hint: 'Write http://host:port or https://host:port, with user:password@ in front of the host if it wants a login.',
    });
  }
  return { url: url.href, shown: `${url.protocol}//${url.host}`, variable };
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isThisHost(host: string): boolean {
  const family = isIP(host);
  return host === 'localhost' || (family > 0 && loopback.check(host, family === 4 ? 'ipv4' : 'ipv6'));
}
