import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Replica } from './replica.js';

/** Passes connections on to replicas that are ready, in turn, as a Service does. */
export interface Balancer {
  readonly port: number;
  readonly use: (...replicas: readonly Replica[]) => void;
  readonly close: () => Promise<void>;
}

/** Asks the replicas every 200 ms whether they are ready; connections that there are stay where they are. */
export async function startBalancer(): Promise<Balancer> {
  let replicas: readonly Replica[] = [];
  let ready: readonly Replica[] = [];
  let turn = 0;
  let closed = false;
  const sockets = new Set<Socket>();
  const look = async (): Promise<void> => {
    const asked = await Promise.all(replicas.map(async (one) => ({ one, reason: await one.unready() })));
    ready = asked.filter(({ reason }) => reason === undefined).map(({ one }) => one);
    if (!closed) setTimeout(() => void look(), 200);
  };
  const server = createServer((client) => {
    turn += 1;
    const replica = ready[turn % ready.length];
    if (replica === undefined) return client.destroy();
    const backend = connect(replica.port, '127.0.0.1');
    for (const [from, to] of [
      [client, backend],
      [backend, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from
        .on('error', () => to.destroy())
        .on('close', () => {
          sockets.delete(from);
          to.destroy();
        });
    }
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await look();
  return {
    port: (server.address() as AddressInfo).port,
    use: (...all) => {
      replicas = all;
      ready = ready.filter((one) => all.includes(one));
    },
    close: async () => {
      closed = true;
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
