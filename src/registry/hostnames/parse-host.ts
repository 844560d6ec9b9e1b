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
    const rest = value.slice(scheme.length).split('/')[0] ?? '';
    return {
      message: `has the scheme ${scheme}`,
      hint: `Write only the host: ${rest === '' ? 'quay.example.com' : rest}`,
    };
  }
  if (value.includes('/')) {
    return { message: 'has a path', hint: `Write only the host: ${value.slice(0, value.indexOf('/'))}` };
  }
  return hostAndPort(value) ?? { message: 'is no host', hint: 'Write a name such as quay.example.com, or an address.' };
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
