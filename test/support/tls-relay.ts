import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:https';
import { type AddressInfo } from 'node:net';
import type { Connection } from '../control-plane/connection.js';

/** Where a webhook listens, which name its certificate is for, and who signed that. */
export interface Behind {
  readonly port: number;
  readonly servername: string;
  /** PEM. */
  readonly ca: () => Promise<string>;
}

/**
 * Stands on loopback where the API server can reach it, and hands everything on to a webhook as the API server would: by the
 * name of its Service, trusting the authority in the webhook configuration.
 */
export async function startRelay(
  connection: Connection,
  { port, servername, ca }: Behind,
): Promise<{ port: number; stop: () => void }> {
  const [cert, key] = await Promise.all([readFile(connection.serverCertificate), readFile(connection.serverKey)]);
  // As long as the webhook: an API server that uses a connection that is just being closed goes by the failurePolicy.
  const keepAliveTimeout = 120_000;
  const server = createServer({ cert, key, keepAliveTimeout }, (incoming, response) => {
    const hand = (trusted: string): void => {
      const onward = request(
        {
          host: '127.0.0.1',
          port,
          servername,
          ca: trusted,
          path: incoming.url,
          method: incoming.method,
          headers: incoming.headers,
          agent: false,
        },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      onward.once('error', (error) => response.destroy(error));
      incoming.pipe(onward);
    };
    ca().then(hand, (error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
