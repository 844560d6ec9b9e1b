import { TerminalError } from '../../errors/index.js';

/** How to prove to a forge who we are. */
export interface ForgeToken {
  /** The token for the next call. */
  current(): Promise<string>;
  /** It was answered with 401: true when the same call is worth another try. */
  rejected(): Promise<boolean>;
  /** Everything that must not appear in any text. */
  secrets(): readonly string[];
}

/** A token that a person made. */
export function staticToken(token: string): ForgeToken {
  const value = presentable(token);
  return { current: () => Promise.resolve(value), rejected: () => Promise.resolve(false), secrets: () => [value] };
}

/** A token as a header may carry it, whatever its length; one that cannot be sent is never shown. */
export function presentable(token: string): string {
  const trimmed = token.trim();
  if (/^[\x21-\x7e]+$/.test(trimmed)) return trimmed;
  throw new TerminalError(
    'ForgeAuthenticationFailed',
    'the token for the forge is empty, or holds characters that no token has',
    { hint: 'Put the token, and nothing else, under the key token of the Secret of spec.git.forge.secretRef.' },
  );
}
