import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { TerminalError } from '../errors/index.js';

const block = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** For whom an authority is, and what to do about one that cannot be read. */
export interface Authority {
  readonly of: string;
  readonly hint: string;
}

/** The certificates of a PEM text; refuses one that holds none, or one that cannot be read. */
export function certificatesIn(pem: string, authority: Authority): readonly string[] {
  const blocks = pem.match(block) ?? [];
  if (blocks.length === 0) throw unreadable(authority);
  try {
    for (const text of blocks) new X509Certificate(text);
  } catch (error) {
    throw unreadable(authority, error);
  }
  return blocks;
}

/** Trusts what Node and the system trust, and the given certificates beside. It is costly: made once, shared by all connections. */
export function trustContext(certificates: readonly string[]): SecureContext {
  const trusted = new Set([...getCACertificates('default'), ...getCACertificates('system'), ...certificates]);
  return createSecureContext({ ca: [...trusted] });
}

function unreadable({ of, hint }: Authority, cause?: unknown): TerminalError {
  const message = `the certificate authority for ${of} holds no certificate that can be read`;
  return new TerminalError('TLSVerificationFailed', message, { hint, cause });
}
