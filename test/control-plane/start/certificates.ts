import { generateKeyPair } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { connectionOfRun } from '../shared.js';

/** A certificate authority's certificate, and a server certificate by it for loopback, all as PEM. */
export interface ServerCertificates {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** Those of the control plane of the test run, and new ones outside of a run: all of them serve loopback. */
export async function serverCertificates(): Promise<ServerCertificates> {
  const connection = await connectionOfRun();
  if (connection === undefined) return makeServerCertificates();
  const { ca, serverCertificate, serverKey } = connection;
  const [certificate, key] = await Promise.all([readFile(serverCertificate, 'utf8'), readFile(serverKey, 'utf8')]);
  return { ca, certificate, key };
}

/** Makes an authority that lives only as long as its servers; its key is not kept. */
export async function makeServerCertificates(): Promise<ServerCertificates> {
  // Only who makes certificates waits until it is loaded.
  const { generate } = await import('selfsigned');
  const notBeforeDate = new Date(Date.now() - 60_000);
  const shared = { keyType: 'ec', algorithm: 'sha256', notBeforeDate } as const;
  const ca = await generate([{ name: 'commonName', value: 'control plane of a test' }], {
    ...shared,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    ...shared,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  return { ca: ca.cert, certificate: server.cert, key: server.private };
}

/** The key that signs service account tokens, as PEM. */
export async function makeServiceAccountKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'sec1', format: 'pem' }).toString();
}
