import { isIP } from 'node:net';
import { invalidRequest } from '../http/refusal.js';

const resolving = new Set(['registry.example.com', 'upstream.example.com']);
const internalHost = /^(localhost|private\.example\.com)$|\.(local|internal|svc|localhost)$/;

/** Refuses a host that is internal or that does not resolve; no name is really looked up. */
export function checkRegistryHost(host: string, subject: 'location' | 'URL'): void {
  if (isIP(host) ? isInternalAddress(host) : internalHost.test(host)) {
    throw invalidRequest(`The provided registry ${subject} is not allowed`);
  }
  if (!isIP(host) && !resolving.has(host)) throw invalidRequest(`Cannot resolve hostname '${host}'`);
}

/** The host of `host[:port]/path`. */
export function hostOf(reference: string): string {
  const caPair = reference.split('/', 1)[0] ?? '';
  return caPair.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
}

function isInternalAddress(address: string): boolean {
  if (address.includes(':')) return /^(::1?$|f[cd]|fe[89ab])/i.test(address);
  return /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|22[4-9]|2[3-5]\d)\./.test(address);
}
