import { X509Certificate } from 'node:crypto';
import { type Life } from './lifetimes.js';

/** A certificate, as far as decisions need it. It holds nothing secret. */
export interface Certificate extends Life {
  /** Its SHA-256 fingerprint. */
  readonly id: string;
  /** In one and the same form whatever stood around it. */
  readonly pem: string;
  readonly subject: string;
  /** Whether it may sign others. */
  readonly canSign: boolean;
}

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM text, each once; what is none is passed over. */
export function certificatesIn(text: string): readonly Certificate[] {
  const found = new Map<string, Certificate>();
  for (const [pem] of text.matchAll(block)) {
    const one = certificate(pem);
    if (one !== undefined && !found.has(one.id)) found.set(one.id, one);
  }
  return [...found.values()];
}

function certificate(pem: string): Certificate | undefined {
  try {
    const parsed = new X509Certificate(pem);
    return {
      id: parsed.fingerprint256,
      pem: parsed.toString().trim(),
      subject: parsed.subject,
      notBefore: parsed.validFromDate.getTime(),
      notAfter: parsed.validToDate.getTime(),
      canSign: parsed.ca,
    };
  } catch {
    return undefined;
  }
}

/** Whether one certificate was signed by another. */
export function signedBy(signed: Certificate, signer: Certificate): boolean {
  try {
    const issuer = new X509Certificate(signer.pem);
    const subject = new X509Certificate(signed.pem);
    return subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
  } catch {
    // A key of a kind that this runtime does not know proves nothing.
    return false;
  }
}

/** The first of the trusted certificates that a leaf leads to, over others that may be sent along with it. */
export function anchorOf(
  leaf: Certificate,
  between: readonly Certificate[],
  trusted: readonly Certificate[],
): Certificate | undefined {
  const direct = trusted.find((one) => one.id === leaf.id || signedBy(leaf, one));
  if (direct !== undefined) return direct;
  const next = between.find((one) => one.id !== leaf.id && one.canSign && signedBy(leaf, one));
  if (next === undefined) return undefined;
  return anchorOf(
    next,
    between.filter((one) => one.id !== next.id),
    trusted,
  );
}

/** Certificates as one PEM text, as the API takes it for a `caBundle`. */
export function pemOf(certificates: readonly Certificate[]): string {
  return certificates.map(({ pem }) => `${pem}\n`).join('');
}
