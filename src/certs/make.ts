import { randomBytes } from 'node:crypto';
import { generate } from 'selfsigned';
import { TerminalError } from '../errors/index.js';
import { certificatesIn } from './certificate.js';
import { backdated, lifetimes } from './lifetimes.js';

/** A certificate and its key, as PEM texts. The key must go nowhere but into its Secret. */
export interface Made {
  readonly certificate: string;
  readonly key: string;
}

const elliptic = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

/** Makes an authority that may sign leaves, and nothing else. */
export async function makeAuthority(now: number): Promise<Made> {
  // No two have the same name: a client that trusts several finds the signer by its name alone.
  const name = `Quayside webhook authority ${randomBytes(6).toString('hex')}`;
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    ...elliptic,
    notBeforeDate: new Date(now - backdated),
    notAfterDate: new Date(now + lifetimes.authority),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { certificate: cert, key };
}

/** Makes a leaf for these names; it never outlives its authority. */
export async function makeLeaf(authority: Made, names: readonly string[], now: number): Promise<Made> {
  const [signer] = certificatesIn(authority.certificate);
  if (signer === undefined) throw new TerminalError('CertificateInvalid', 'the authority holds no certificate');
  const [common = ''] = names[0]?.split('.') ?? [];
  const { cert, private: key } = await generate([{ name: 'commonName', value: common }], {
    ...elliptic,
    notBeforeDate: new Date(now - backdated),
    notAfterDate: new Date(Math.min(now + lifetimes.leaf, signer.notAfter)),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
    ],
    ca: { cert: authority.certificate, key: authority.key },
  });
  return { certificate: cert, key };
}
