import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { TerminalError } from '../../errors/index.js';

const block = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** The certificates of a PEM text; refuses one that holds none, or one that cannot be read. */
export function certificatesIn(pem: string): readonly string[] {
  const blocks = pem.match(block) ?? [];
  if (blocks.length === 0) throw unreadable();
  try {
    for (const text of blocks) new X509Certificate(text);
  } catch (error) {
    throw unreadable(error);
  }
  return blocks;
}

/** Trusts what Node and the system trust, and the given certificates beside. It is costly: made once, shared by all connections. */
export function trustContext(certificates: readonly string[]): SecureContext {
  const trusted = new Set([...getCACertificates('default'), ...getCACertificates('system'), ...certificates]);
  return createSecureContext({ ca: [...trusted] });
}

function unreadable(cause?: unknown): TerminalError {
  return new TerminalError(
    'TLSVerificationFailed',
    'the certificate authority for Quay holds no certificate that can be read',
    {
      hint: 'certificateAuthority must name a PEM text with a certificate: -----BEGIN CERTIFICATE-----.',
      cause,
    },
  );
}
