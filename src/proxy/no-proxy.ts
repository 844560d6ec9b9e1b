import { BlockList, isIP } from 'node:net';

/** Where calls go; the port is always known. */
export interface Destination {
  /** A name in lower case, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * Whether NO_PROXY names the destination, as oc and Go read it: `*`, a host with what is below it, `.host` for what is below
 * it alone, an address, a range of addresses (`10.0.0.0/8`), each but a range with a port if it is meant for that only.
 */
export function isExcepted(noProxy: string, destination: Destination): boolean {
  const entries = noProxy.toLowerCase().split(/[\s,]+/);
  return entries.some((entry) => entry !== '' && matches(entry, destination));
}

function matches(entry: string, { host, port }: Destination): boolean {
  if (entry === '*') return true;
  const range = /^(.+)\/(\d{1,3})$/.exec(entry);
  if (range !== null) return isWithin(host, withoutBrackets(range[1] ?? ''), Number(range[2]));
  const [named, only] = hostAndPort(entry);
  if (only !== undefined && only !== port) return false;
  if (isIP(named) > 0 || isIP(host) > 0) return named === host;
  const suffix = named.replace(/^\*(?=\.)/, '').replace(/(?<=.)\.$/, '');
  return suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

function isWithin(host: string, network: string, prefix: number): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || prefix > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(network, prefix, kind);
  return list.check(host, kind);
}

/** An IPv6 address has a port only behind brackets. */
function hostAndPort(entry: string): readonly [string, number | undefined] {
  const found = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(entry);
  return [withoutBrackets(found?.[1] ?? entry), found === null ? undefined : Number(found[2])];
}

/** An address as a URL has it, without its brackets. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
