import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { type AddressInfo, type Server, type Socket } from 'node:net';
import { type ServerAnswer, type ServerMessage } from './exchange.js';

/** A server that listens on loopback. */
export interface Listening {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** What answers requests. */
export type Responder = (message: ServerMessage, answer: ServerAnswer) => Promise<void>;

/** Listens on 127.0.0.1; with `tls` it speaks HTTPS, HTTP/2 to clients that offer it. */
export async function listen(
  respond: Responder,
  { port = 0, tls }: { readonly port?: number; readonly tls?: { readonly key: string; readonly cert: string } },
): Promise<Listening> {
  const onRequest = (message: ServerMessage, answer: ServerAnswer): void => {
    respond(message, answer).catch(() => message.socket.destroy());
  };
  const server: Server = tls
    ? createSecureServer({ ...tls, allowHTTP1: true }, onRequest)
    : createServer({ keepAliveTimeout: 60_000 }, onRequest);
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  server.on(tls ? 'secureConnection' : 'connection', track);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
