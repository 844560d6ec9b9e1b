import { isAbsolute } from 'node:path';
import { TerminalError } from '../errors/index.js';

/** A host without a scheme would become a folder of that name. */
export function checkedUrl(url: string | undefined): string | undefined {
  if (url === undefined || isRemote(url) || isAbsolute(url) || /^\.\.?[/\\]/.test(url)) return url;
  // It is not repeated: it may hold a token.
  throw new TerminalError('InvalidGitUrl', 'spec.git.url is neither the address of a repository nor a folder', {
    hint: 'Write https://host/group/name.git, ssh://git@host/group/name.git, git@host:group/name.git or /a/folder.',
  });
}

/** `https://…`, `ssh://…`, `file://…` or `user@host:path`. */
export function isRemote(session: string | undefined): session is string {
  if (session === undefined) return false;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(session) || /^[^/\\@]+@[^/\\:]+:/.test(session);
}
