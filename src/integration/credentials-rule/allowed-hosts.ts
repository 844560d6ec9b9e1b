import { canonicalHost, type Endpoint } from '../../names/index.js';

/** What a Secret says of the hosts that it may be sent to. */
export interface AllowedHosts {
  /** `host[:port]`, as they are compared. */
  readonly hosts: readonly string[];
  /** Entries that name no host. */
  readonly unreadable: readonly string[];
}

/** Reads the annotation: hosts with commas between, each with its port or meaning the usual one. */
export function allowedHosts(text: string): AllowedHosts {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => ({ entry, host: readHost(entry) }));
  return {
    hosts: entries.flatMap(({ host }) => (host === undefined ? [] : [host])),
    unreadable: entries.flatMap(({ entry, host }) => (host === undefined ? [entry] : [])),
  };
}

/** Whether one of them is where the connection goes. */
export function isAllowed({ hosts }: AllowedHosts, { host, port, usualPort }: Endpoint): boolean {
  return hosts.includes(`${host}:${port}`) || (port === usualPort && hosts.includes(host));
}

function readHost(entry: string): string | undefined {
  const [, written = '', port = ''] = /^(\[[0-9a-f:.]+\]|[^\s:/@?#\\[\]]+)(?::(\d{1,5}))?$/i.exec(entry) ?? [];
  const host = written === '' ? undefined : canonicalHost(written);
  if (host === undefined || host.length > 253 || Number(port) > 65_535) return undefined;
  return port === '' ? host : `${host}:${Number(port)}`;
}
