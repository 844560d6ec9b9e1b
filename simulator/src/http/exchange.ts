import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type ApiRequest, type ApiResponse } from './message.js';

/** A request of HTTP/1.1 or HTTP/2. */
export type ServerMessage = IncomingMessage | Http2ServerRequest;

/** Where its answer goes. */
export type ServerAnswer = ServerResponse | Http2ServerResponse;

/** Reads a request whole. */
export async function readRequest(message: ServerMessage): Promise<ApiRequest> {
  const url = message.url ?? '/';
  const cut = url.indexOf('?');
  const authorization = message.headers.authorization;
  const contentType = message.headers['content-type'];
  return {
    method: message.method ?? 'GET',
    path: cut === -1 ? url : url.slice(0, cut),
    query: cut === -1 ? '' : url.slice(cut + 1),
    ...(authorization !== undefined && { authorization }),
    ...(contentType !== undefined && { contentType }),
    body: await readBody(message),
  };
}

async function readBody(message: ServerMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return chunks.length === 0 ? '' : Buffer.concat(chunks).toString('utf8');
}

/** Writes an answer. */
export function writeResponse(answer: ServerAnswer, response: ApiResponse, close: boolean): void {
  const body = Buffer.from(response.body);
  const headers: Record<string, string | number> = {
    'content-type': response.contentType,
    ...response.headers,
    ...(response.status === 204 ? {} : { 'content-length': body.length }),
    ...(close && !('stream' in answer) && { connection: 'close' }),
  };
  const outgoing: { writeHead(status: number, headers: Record<string, string | number>): unknown } = answer;
  outgoing.writeHead(response.status, headers);
  answer.end(body);
}
