import { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Socket } from 'node:net';

/** A connection, and when it was last good for something. */
interface Known {
  readonly socket: Socket;
  readonly address: string;
  /** Whether it ever got an answer. */
  isProven: boolean;
  /** Grows with every connection and every answer. */
  used: number;
}

/**
 * Keeps a server to so many connections. A new one always gets in: for it the one that was idle for longest is closed, of
 * the address with the most. So a client that takes all that it can get takes it from itself. Of one address, those that
 * never got an answer and those that did take no more than half from one another.
 */
export function limitConnections(server: Pick<Server, 'on'>, most: number): void {
  const known = new Map<string, Known>();
  let uses = 0;
  server.on('connection', (socket: Socket) => {
    if (known.size >= most) close(leastUsed([...known.values()]));
    const key = keyOf(socket);
    known.set(key, { socket, address: socket.remoteAddress ?? '', isProven: false, used: (uses += 1) });
    socket.once('close', () => {
      if (known.get(key)?.socket === socket) known.delete(key);
    });
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const one = known.get(keyOf(socket));
    response.once('finish', () => {
      if (one !== undefined) Object.assign(one, { isProven: true, used: (uses += 1) });
    });
  });
  const close = (one: Known | undefined): void => {
    if (one === undefined) return;
    // Its end is told later, when others may have come.
    known.delete(keyOf(one.socket));
    one.socket.destroy();
  };
}

/** The same for a connection and for the TLS that is spoken on it. */
function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function leastUsed(connections: readonly Known[]): Known | undefined {
  const amounts = new Map<string, number>();
  for (const { address } of connections) amounts.set(address, (amounts.get(address) ?? 0) + 1);
  const largest = Math.max(...amounts.values());
  const among = connections.filter(({ address }) => amounts.get(address) === largest);
  const proven = among.filter(({ isProven }) => isProven);
  const isHalf = proven.length > among.length / 2;
  return among
    .filter(({ isProven }) => isProven === isHalf)
    .reduce((one, other) => (other.used < one.used ? other : one));
}
