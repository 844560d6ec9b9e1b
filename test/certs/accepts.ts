import { X509Certificate } from 'node:crypto';
import { connect, createServer } from 'node:tls';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';

/** Whether a client that trusts this bundle takes this leaf for this name at this moment; undefined, or why not. */
export function objection(
  leaf: string,
  bundle: string,
  { at, name }: { at: number; name: string },
): string | undefined {
  const certificate = new X509Certificate(leaf);
  const good = (one: X509Certificate): boolean => one.validFromDate.getTime() <= at && at < one.validToDate.getTime();
  if (!good(certificate)) return `the leaf is good from ${certificate.validFrom} to ${certificate.validTo}`;
  if (certificate.checkHost(name, { subject: 'never' }) === undefined) return `the leaf does not name ${name}`;
  const anchors = (bundle.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );
  const signed = anchors.some(
    (anchor) => anchor.ca && good(anchor) && certificate.checkIssued(anchor) && certificate.verify(anchor.publicKey),
  );
  return signed ? undefined : `none of ${anchors.length} trusted authorities has signed the leaf`;
}

/** The same by a real handshake, at this very moment. */
export async function handshake(pair: { cert: string; key: string }, bundle: string, name: string): Promise<void> {
  const server = createServer(pair, (socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ host: '127.0.0.1', port, ca: bundle, servername: name });
  try {
    await once(client, 'secureConnect');
  } finally {
    client.destroy();
    server.close();
    await once(server, 'close');
  }
}
