import { type X509Certificate } from 'node:crypto';

/** Whether a certificate names a host or an address among its subject alternative names. */
export function covers(certificate: X509Certificate, host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  // A name of four numbers, or with colons, is an address; a name of a host has neither.
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(address) || address.includes(':');
  if (isAddress) return certificate.checkIP(address) !== undefined;
  return certificate.checkHost(address, { subject: 'never' }) !== undefined;
}
