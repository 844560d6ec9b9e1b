import { once } from 'node:events';
import { createConnection } from 'node:net';
import { expect } from '@jest/globals';
import { limits } from '../../../src/limits/index.js';
import { type Scene } from '../../hostile/scene.js';
import { several, type Fed, type Feedings } from './fed.js';

const hooksPort = ({ operators }: Scene): number =>
  Number(/"port":(\d+),"msg":"receiving webhooks"/.exec(operators.at(-1)?.log() ?? '')?.[1]);

/** What the operator answers at the port for webhooks to so many bytes of this length, of which the end may be missing. */
async function hook({ scene }: Fed, length: number, sent: number): Promise<string> {
  const port = hooksPort(scene);
  const head = `POST /hooks/${scene.harness.id} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
  const socket = createConnection(port, '127.0.0.1').on('error', () => undefined);
  const heard = once(socket, 'data').then(([text]) => String(text).slice(9, 12));
  socket.write(Buffer.concat([Buffer.from(head), Buffer.alloc(sent, ' ')]));
  const status = await Promise.race([heard, once(socket, 'close').then(() => 'closed')]);
  socket.destroy();
  return status;
}

/** Opens connections that say nothing, and waits until all that are too many were closed. */
async function silent({ cluster }: Scene, port: number, most: number): Promise<void> {
  let closed = 0;
  const sockets = Array.from({ length: most + 20 }, () => createConnection(port, '127.0.0.1'));
  sockets.forEach((socket) => socket.on('error', () => undefined).once('close', () => (closed += 1)));
  await cluster.eventually(() => expect(closed).toBeGreaterThanOrEqual(20));
  sockets.forEach((socket) => socket.destroy());
}

/** One after the other: what is in flight at once is limited too. */
export const hookFeedings: Feedings<Fed> = {
  hookBytes: async (fed) => {
    const length = limits.hookBytes + 1;
    expect(await hook(fed, length, length)).toBe('413');
  },
  hookSeconds: async (fed) => expect(await hook(fed, 100, 1)).toBe('408'),
  hooksInFlightBytes: async (fed) => {
    const each = 8 * 1024 * 1024;
    const answers = await several(8, () => hook(fed, each + 1, each));
    expect(answers).toContain('503');
  },
  hookConnections: ({ scene }) => silent(scene, hooksPort(scene), limits.hookConnections),
  operationsConnections: async ({ scene }) =>
    silent(scene, Number(await scene.operators.at(-1)?.port), limits.operationsConnections),
};
