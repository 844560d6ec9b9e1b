import { type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type Socket } from 'node:net';
import { toError } from '../errors/index.js';
import { limits } from '../limits/index.js';
import { createBodies, limitConnections, listen, type ListenAddress, readBody } from '../process/index.js';
import { type CertificateSource } from './certificate.js';
import { refusedBody, type Refusal, refusalOf, send } from './http-exchange.js';
import { type ReviewAnswer, type Reviewer } from './reviewer.js';

export interface AdmissionServerOptions {
  readonly address: ListenAddress;
  readonly certificates: Pick<CertificateSource, 'onChange'>;
  readonly review: Reviewer;
  /** Something of ours that threw. */
  readonly onFault: (error: Error) => void;
}

/** The server that the API server asks. */
export interface AdmissionServer {
  readonly port: number;
  /** Answers on, and lets every client that it answers connect anew: elsewhere, once it counts as not ready. */
  readonly drain: () => void;
  /** Takes no more, and finishes what it has. */
  readonly close: () => Promise<void>;
}

/** Whoever sends slowly or not at all gets no longer than this; a connection at rest may stay longer than its client keeps it. */
const timing = {
  handshakeTimeout: limits.handshake * 1_000,
  headersTimeout: limits.requestHead * 1_000,
  requestTimeout: limits.request * 1_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 120_000,
} as const;

/** Starts to listen. Without a certificate every handshake fails. */
export async function startAdmissionServer(options: AdmissionServerOptions): Promise<AdmissionServer> {
  const { address, certificates, review, onFault } = options;
  let draining = false;
  const server = createServer({ ...timing, minVersion: 'TLSv1.2' });
  limitConnections(server, limits.webhookConnections);
  const bounds = { bodies: createBodies(limits.reviewsInFlightBytes), most: limits.reviewBytes };
  const isAlone = createTurns();
  const headersOf = (type: string): Readonly<Record<string, string>> =>
    draining ? { 'content-type': type, connection: 'close' } : { 'content-type': type };
  const refuse = (response: ServerResponse, { status, words, headers }: Refusal): void =>
    send(response, status, `${words}\n`, { ...headersOf('text/plain; charset=utf-8'), ...headers });
  const answer = (response: ServerResponse, { status, body }: ReviewAnswer): void => {
    if (status === 200) send(response, 200, body, headersOf('application/json'));
    else refuse(response, { status, words: body });
  };
  const fail = (response: ServerResponse, error: unknown): void => {
    onFault(toError(error));
    if (!response.headersSent) refuse(response, { status: 500, words: 'this could not be decided' });
  };
  const reply = (response: ServerResponse, body: string): void => {
    try {
      const reviewed = review(body);
      if (!(reviewed instanceof Promise)) return answer(response, reviewed);
      reviewed.then((late) => answer(response, late)).catch((error: unknown) => fail(response, error));
    } catch (error) {
      fail(response, error);
    }
  };
  server.on('request', (request, response) => {
    if (!isAlone(request, response)) return;
    const refusal = refusalOf(request);
    if (refusal === undefined) {
      readBody(
        request,
        bounds,
        (body) => reply(response, body.toString('utf8')),
        (why) => refuse(response, refusedBody(why)),
      );
      return;
    }
    // The rest of the request is read and dropped, or the client would not read the answer.
    request.on('error', () => undefined).resume();
    refuse(response, refusal);
  });
  const stopFollowing = certificates.onChange(({ cert, key }) =>
    server.setSecureContext({ cert, key, minVersion: 'TLSv1.2' }),
  );
  const port = await listen(server, address);
  return {
    port,
    drain: () => {
      draining = true;
    },
    close: async () => {
      draining = true;
      await closed(server);
      stopFollowing();
    },
  };
}

/** One request at a time on a connection: the API server sends no other before the answer, and each would be kept until then. */
function createTurns(): (request: IncomingMessage, response: ServerResponse) => boolean {
  const busy = new WeakSet<Socket>();
  return ({ socket }, response) => {
    if (busy.has(socket)) {
      socket.destroy();
      return false;
    }
    busy.add(socket);
    response.once('close', () => busy.delete(socket));
    return true;
  };
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    // A connection on which nothing has come yet is not at rest to Node, and would hold the door open.
    setTimeout(() => server.closeAllConnections(), timing.requestTimeout).unref();
  });
}
