import { createHash } from 'node:crypto';
import { TerminalError } from '../../errors/index.js';

/** Where a remote is: the address git is given, without credentials, and those that stood in it. */
export interface Address {
  readonly url: string;
  readonly kind: 'http' | 'ssh' | 'file';
  readonly username?: string;
  readonly password?: string;
  /** `scheme://host[:port]` of what credentials are shown to; absent for a folder. */
  readonly origin?: string;
  /** A name for a folder that belongs to this address alone. */
  readonly key: string;
}

// `git@host:path`: no slash before the colon, else it would be a local path.
const scpLike = /^(?:\w[\w.-]*@)?(\w[\w.-]*):(?!\/\/)[^\s-][^\s]*$/;

/** Reads what a person wrote as the address of a repository. */
export function readAddress(written: string): Address {
  const url = written.trim();
  if (/[\p{Cc}\s]/u.test(url) || url.startsWith('-') || url === '') throw notAnAddress();
  if (url.startsWith('/')) return { url, kind: 'file', key: keyOf(url) };
  const [, host] = scpLike.exec(url) ?? [];
  if (host !== undefined) return { url, kind: 'ssh', origin: `ssh://${host}`, key: keyOf(url) };
  if (URL.canParse(url)) return readUrl(url, new URL(url));
  throw notAnAddress();
}

function readUrl(url: string, parsed: URL): Address {
  // ssh would take either for an option.
  if (parsed.hostname.startsWith('-') || parsed.username.startsWith('-')) throw notAnAddress();
  switch (parsed.protocol) {
    case 'file:':
      return { url, kind: 'file', key: keyOf(url) };
    case 'ssh:':
      if (parsed.hostname === '') throw notAnAddress('it names no host');
      // ssh takes no password from there, and what is no secret may be shown.
      parsed.password = '';
      return { url: parsed.href, kind: 'ssh', origin: `ssh://${parsed.host}`, key: keyOf(parsed.href) };
    case 'https:':
    case 'http:':
      return httpAddress(parsed);
    default:
      throw notAnAddress();
  }
}

function httpAddress(parsed: URL): Address {
  const username = decoded(parsed.username);
  const password = decoded(parsed.password);
  parsed.username = '';
  parsed.password = '';
  const url = parsed.href;
  return {
    url,
    kind: 'http',
    origin: parsed.origin,
    key: keyOf(url),
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notAnAddress('a percent sign in its user or password starts no character (write %25 for the sign itself)');
  }
}

// What was written is not repeated: it may hold a token.
function notAnAddress(why?: string): TerminalError {
  const general = 'the address of the state repository is not one that git understands';
  const message = why === undefined ? general : `${general}: ${why}`;
  return new TerminalError('InvalidGitUrl', message, {
    hint: 'Write https://host/group/name.git, ssh://git@host/group/name.git, git@host:group/name.git or an absolute path.',
  });
}

function keyOf(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 24);
}
