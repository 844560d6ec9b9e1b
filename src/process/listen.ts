import { type Server } from 'node:net';
import { TerminalError } from '../errors/index.js';
import { type ListenAddress } from './listen-address.js';

const hints: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Another process listens there: end it, or choose another port with --listen.',
  EACCES: 'Ports below 1024 need privileges: choose a higher one.',
  EADDRNOTAVAIL: 'This machine has no such address.',
  ENOTFOUND: 'There is no such host.',
};

/** Starts to listen, and gives the port. */
export async function listen(server: Server, address: ListenAddress): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((cause: unknown) => {
    const { code = '' } = Object(cause) as Partial<NodeJS.ErrnoException>;
    const hint = hints[code];
    const where = address.host === undefined ? `port ${address.port}` : `${address.host}, port ${address.port}`;
    throw new TerminalError('ListenFailed', `cannot listen on ${where}`, {
      cause,
      ...(hint === undefined ? {} : { hint }),
    });
  });
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : address.port;
}
