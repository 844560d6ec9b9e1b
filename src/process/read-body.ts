import { type IncomingMessage } from 'node:http';
import { type Bodies } from './bodies.js';

/** Why a body is given up: it is too long, others need its room, or it takes too long. */
export type BodyRefusal = 'TooLong' | 'NoRoom' | 'TooSlow';

/** What is taken of one body. */
export interface BodyBounds {
  readonly bodies: Bodies;
  /** Bytes. */
  readonly most: number;
  /** Milliseconds until it has to be there. Default: what the server waits for. */
  readonly wait?: number;
}

/** Reads the body to its end, or until it is given up. Calls nothing when the client goes before. */
export function readBody(
  request: IncomingMessage,
  { bodies, most, wait }: BodyBounds,
  onEnd: (body: Buffer) => void,
  onRefusal: (why: BodyRefusal) => void,
): void {
  let length = 0;
  let isRefused = false;
  const refuse = (why: BodyRefusal): void => {
    body.drop();
    clearTimeout(late);
    if (!isRefused) onRefusal(why);
    isRefused = true;
  };
  const body = bodies.open(() => refuse('NoRoom'));
  const late = wait === undefined ? undefined : setTimeout(() => refuse('TooSlow'), wait);
  request.on('error', () => undefined);
  request.once('close', () => {
    body.drop();
    clearTimeout(late);
  });
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > most) body.drop();
    else body.add(chunk);
  });
  request.once('end', () => {
    clearTimeout(late);
    if (length > most) refuse('TooLong');
    else if (!isRefused) onEnd(body.take());
  });
}
