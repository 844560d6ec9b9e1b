/** Where a connection goes. */
export interface Endpoint {
  /** In lower case, other alphabets in their ASCII form. */
  readonly host: string;
  readonly port: number;
  /** The port that the scheme means where none is written. */
  readonly usualPort: number;
}

const usualPorts: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80, 'ssh:': 22 };

/** A host as it may stand in an address: what is escaped in it could be read in two ways. */
const plainHost = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)$/;

/** The host in lower case, other alphabets in their ASCII form; `undefined` where it is none. */
export function canonicalHost(host: string): string | undefined {
  if (!URL.canParse(`https://${host}`)) return undefined;
  const { hostname } = new URL(`https://${host}`);
  return plainHost.test(hostname) ? hostname : undefined;
}

/** Where an address of `https`, `http` or `ssh` goes; `undefined` where that cannot be told. */
export function endpointOf(url: string): Endpoint | undefined {
  const parsed = URL.parse(url);
  const usualPort = parsed === null ? undefined : usualPorts[parsed.protocol];
  if (parsed === null || usualPort === undefined) return undefined;
  const host = parsed.hostname.toLowerCase();
  if (!plainHost.test(host)) return undefined;
  return { host, port: parsed.port === '' ? usualPort : Number(parsed.port), usualPort };
}

/** `host:port`, as people are shown it. */
export function endpointText({ host, port }: Endpoint): string {
  return `${host}:${port}`;
}
