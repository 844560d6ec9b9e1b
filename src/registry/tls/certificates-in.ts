import { X509Certificate } from 'node:crypto';

const block = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g;

/** The certificates of a PEM file in their order; or what is wrong with it. */
export function certificatesIn(pem: Uint8Array | string): readonly X509Certificate[] | string {
  const text = typeof pem === 'string' ? pem : Buffer.from(pem).toString('utf8');
  const blocks = text.match(block) ?? [];
  if (blocks.length === 0) return 'holds no certificate';
  try {
    return blocks.map((one) => new X509Certificate(one));
  } catch {
    return 'holds a certificate that cannot be read';
  }
}
