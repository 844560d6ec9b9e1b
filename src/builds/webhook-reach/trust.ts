/** Whether all CAs of one bundle are in another; both in base64, as webhook configurations have them. */
export function trustsAllOf(bundle: string, other: string): boolean {
  const trusted = new Set(certificatesIn(bundle));
  return certificatesIn(other).every((one) => trusted.has(one));
}

function certificatesIn(bundle: string): readonly string[] {
  const text = Buffer.from(bundle, 'base64').toString('utf8');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => block.replace(/\s/g, ''));
}
