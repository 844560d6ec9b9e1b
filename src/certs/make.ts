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

/** Creates a CA that may sign leaves, and nothing else. */
export async function makeCa(now: number): Promise<Made> {
  // No two have the same name: a client that trusts several finds the signer by its name alone.
  const name = `Quayside webhook authority ${randomBytes(6).toString('hex')}`;
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    ...elliptic,
    notBeforeDate: new Date(now - backdated),
    notAfterDate: new Date(now + lifetimes.caPair),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { certificate: cert, key };
}

/** Makes a leaf for these names; it never outlives its CA. */
export async function makeLeaf(caPair: Made, names: readonly string[], now: number): Promise<Made> {
  const [signer] = certificatesIn(caPair.certificate);
  if (signer === undefined) throw new TerminalError('CertificateInvalid', 'the CA holds no certificate');
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
    ca: { cert: caPair.certificate, key: caPair.key },
  });
  return { certificate: cert, key };
}
