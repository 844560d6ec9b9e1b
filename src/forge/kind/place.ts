import { readAddress } from '../../git/index.js';

/** Where a repository is, as its Git address says. */
export interface Place {
  /** In lower case, with its port where the address is for browsers too. */
  readonly host: string;
  /** Where the web pages of the host are supposed to be: `https://host`. */
  readonly origin: string;
  /** `group/sub/name`, as it is written; no `.git`, no slash at the ends. */
  readonly path: string;
}

/** The place of a repository; undefined for a folder. The port of SSH is not that of the web. */
export function placeOf(gitUrl: string): Place | undefined {
  const { kind, url } = readAddress(gitUrl);
  if (kind === 'file') return undefined;
  const [, host = '', rest = ''] = /^(?:[^@/]+@)?([^:/]+):(?!\/\/)(.*)$/.exec(url) ?? [];
  if (host !== '') return { host: host.toLowerCase(), origin: `https://${host.toLowerCase()}`, path: pathOf(rest) };
  const parsed = new URL(url);
  const path = pathOf(parsed.pathname);
  if (kind === 'http') return { host: parsed.host.toLowerCase(), origin: parsed.origin, path };
  const name = parsed.hostname.toLowerCase();
  return { host: name, origin: `https://${name}`, path };
}

function pathOf(written: string): string {
  const parts = written.split('/').filter((part) => part !== '');
  return parts
    .map(decoded)
    .join('/')
    .replace(/\.git$/, '');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
