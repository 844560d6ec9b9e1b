import { certificatesIn, openPool, type ServerPool } from '../../http/index.js';
import { limits } from '../../limits/index.js';
import type { QuayConnection } from '../connection.js';

/** How many calls are on their way at once, over HTTP/1.1 and HTTP/2 alike. */
export const callsInFlight = 8;

const authority = {
  of: 'Quay',
  hint: 'certificateAuthority must name a PEM text with a certificate: -----BEGIN CERTIFICATE-----.',
};

/** The connections to one Quay. */
export function quayPool(
  origin: string,
  { ca = '', insecure = false, proxy, timeouts = {} }: QuayConnection,
): ServerPool {
  return openPool(origin, {
    connections: callsInFlight,
    proxy,
    insecure,
    certificates: ca.trim() === '' ? [] : certificatesIn(ca, authority),
    mostBytes: limits.quayAnswer,
    timeouts: {
      connect: timeouts.connect ?? 10_000,
      headers: timeouts.headers ?? limits.quayHead * 1_000,
      body: timeouts.body ?? limits.quayBody * 1_000,
    },
  });
}
