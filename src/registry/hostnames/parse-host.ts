import { isIPv6 } from '../hostnames/addresses.js';
import { type ConfigValue } from '../config/value.js';

/** A host with its port, as SERVER_HOSTNAME has it. */
export interface Host {
  /** With the port where there is one. */
  readonly whole: string;
  /** Without port; an IPv6 address without brackets. */
  readonly host: string;
  readonly port?: number;
}

export interface HostFault {
  readonly message: string;
  readonly hint: string;
}

/** Reads SERVER_HOSTNAME or BUILDMAN_HOSTNAME. */
export function parseHost(value: ConfigValue): Host | HostFault {
  if (typeof value !== 'string') {
    const shown = Array.isArray(value)
      ? 'a list'
      : value === null
        ? 'empty'
        : typeof value === 'object'
          ? 'a mapping'
          : String(value);
    return {
      message: `must be text, not ${shown}`,
      hint: 'Write one host, such as quay.example.com; put a number in quotes.',
    };
  }
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0];
  if (scheme !== undefined) {
    return { message: `has the scheme ${scheme}`, hint: onlyHost(value.slice(scheme.length)) };
  }
  if (value.includes('/')) {
    return { message: 'has a path', hint: onlyHost(value) };
  }
  return hostAndPort(value) ?? { message: 'is no host', hint: 'Write a name such as quay.example.com, or an address.' };
}

/** In front of the host there may be a login, which nobody else shall read. */
function onlyHost(address: string): string {
  const [authority = ''] = address.split('/');
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return `Write only the host: ${host === '' ? 'quay.example.com' : host}`;
}

export function isHostFault(parsed: Host | HostFault): parsed is HostFault {
  return 'message' in parsed;
}

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

function hostAndPort(text: string): Host | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) return undefined;
  const fits =
    bracketed === undefined
      ? host.length <= 253 && host.split('.').every((part) => label.test(part))
      : isIPv6(bracketed);
  if (!fits) return undefined;
  return { whole: text, host, ...(port !== undefined && { port: Number(port) }) };
}
