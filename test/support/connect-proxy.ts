import { createServer, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy that finds every host on this one. */
export interface ConnectProxy {
  readonly url: string;
  /** What it was asked to reach, as `host:port`: by CONNECT, or by a whole address. */
  readonly tunnels: string[];
  readonly forwarded: string[];
  readonly close: () => Promise<void>;
}

/** `login`, if any, is what it wants as `user:password`. `refuse` answers every CONNECT with this status. */
export async function startConnectProxy(
  options: { readonly login?: string; readonly refuse?: number } = {},
): Promise<ConnectProxy> {
  const tunnels: string[] = [];
  const forwarded: string[] = [];
  const sockets = new Set<Socket>();
  const kept = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const expected = options.login && `Basic ${Buffer.from(options.login).toString('base64')}`;
  const server = createServer((asked, response) => {
    const { host, port, pathname, search } = new URL(asked.url ?? '');
    forwarded.push(host);
    const { method, headers } = asked;
    const onward = request({ host: '127.0.0.1', port, path: pathname + search, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    asked.pipe(onward);
  });
  server.on('connection', kept);
  server.on('connect', (asked, socket: Socket, head) => {
    tunnels.push(asked.url ?? '');
    const isKnown = expected === undefined || asked.headers['proxy-authorization'] === expected;
    const refused = isKnown ? options.refuse : 407;
    if (refused !== undefined)
      return void socket.end(
        `HTTP/1.1 ${refused} No\r\nProxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
    const onward = kept(connect(Number(asked.url?.split(':').at(-1)), '127.0.0.1'));
    onward.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.once('close', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.login === undefined ? '' : `${options.login}@`}127.0.0.1:${port}`,
    tunnels,
    forwarded,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
