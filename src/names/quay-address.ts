import { TerminalError } from '../errors/index.js';
import { canonicalHost } from './endpoint.js';

/** Where Quay is: for API calls, and as it stands in the names of images and in pull secrets. */
export interface QuayAddress {
  /** `https://host[:port]`, no slash at the end. */
  readonly url: string;
  /** `host[:port]`, the port as it was written: `host` and `host:443` are two registries to a container runtime. */
  readonly host: string;
}

/** Reads `quayHostname`; what is more or less than a host, with scheme and port where wanted, is `InvalidHostname`. */
export function quayAddress(hostname: string): QuayAddress {
  const [, scheme = 'https', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(hostname) ?? [];
  const protocol = scheme.toLowerCase();
  if (protocol !== 'https' && protocol !== 'http') throw invalid(hostname, `has the scheme ${scheme}`);
  const [, host = '', port = ''] = /^([^/:@?#\\\s]*|\[[0-9a-f:.]*\])((?::\d+)?)\/?$/i.exec(rest) ?? [];
  if (host === '') throw invalid(hostname, fault(rest));
  const name = canonicalHost(host);
  if (name === undefined) throw invalid(hostname, 'is not a host');
  if (!inRange(port)) throw invalid(hostname, 'has a port out of range');
  const address = `${name}${port}`;
  return { url: `${protocol}://${address}`, host: address };
}

function inRange(port: string): boolean {
  const number = Number(port.slice(1));
  return port === '' || (number >= 1 && number <= 65_535);
}

function fault(rest: string): string {
  if (rest === '') return 'is empty';
  if (/\s/.test(rest)) return 'contains a space';
  if (rest.includes('@')) return 'carries credentials';
  if (/[?#]/.test(rest)) return 'carries a query';
  if (/[/\\]/.test(rest)) return 'carries a path';
  return 'is not a host';
}

function invalid(hostname: string, what: string): TerminalError {
  // Whatever stands before an @ may be a password.
  const shown = hostname.includes('@') ? '' : ` ${JSON.stringify(hostname)}`;
  return new TerminalError('InvalidHostname', `quayHostname${shown} ${what}`, {
    hint: 'Write only the host of Quay, with its port where it has one: https://quay.example.com or quay.example.com:8443.',
  });
}
