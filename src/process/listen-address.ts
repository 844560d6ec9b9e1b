import { isIPv6 } from 'node:net';
import { InvalidInput } from '../errors/index.js';

/** Where a server listens. */
export interface ListenAddress {
  /** Without brackets; absent: all addresses of the machine. */
  readonly host?: string;
  /** 0: a free one. */
  readonly port: number;
}

/** Reads `[host:]port`: `:8080`, `8080`, `127.0.0.1:8080`, `[::1]:8080`. */
export function parseListenAddress(text: string): ListenAddress {
  const { v6, name, port } = /^(?:\[(?<v6>[^\]]*)\]:|(?<name>[^:[\]\s/]*):)?(?<port>\d{1,5})$/.exec(text)?.groups ?? {};
  if (port === undefined || Number(port) > 65_535 || (v6 !== undefined && !isIPv6(v6))) {
    const hint = 'write :8080, 127.0.0.1:8080 or [::1]:8080';
    throw new InvalidInput([{ path: '', message: `${JSON.stringify(text)} is no address to listen on`, hint }]);
  }
  const host = v6 ?? name ?? '';
  return { ...(host === '' ? {} : { host }), port: Number(port) };
}
