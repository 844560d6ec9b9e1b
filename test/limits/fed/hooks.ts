import { once } from 'node:events';
import { createConnection } from 'node:net';
import { expect } from '@jest/globals';
import { limits } from '../../../src/limits/index.js';
import { several, type Fed, type Feedings } from './fed.js';

/** What the operator answers at the port for webhooks to so many bytes of this length, of which the end may be missing. */
async function hook({ scene }: Fed, length: number, sent: number): Promise<string> {
  const port = Number(/"port":(\d+),"msg":"receiving webhooks"/.exec(scene.operators.at(-1)?.log() ?? '')?.[1]);
  const head = `POST /hooks/${scene.harness.id} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
  const socket = createConnection(port, '127.0.0.1').on('error', () => undefined);
  const heard = once(socket, 'data').then(([text]) => String(text).slice(9, 12));
  socket.write(Buffer.concat([Buffer.from(head), Buffer.alloc(sent, ' ')]));
  const status = await Promise.race([heard, once(socket, 'close').then(() => 'closed')]);
  socket.destroy();
  return status;
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
  hookConnections: async (fed) => {
    const answers = await several(limits.hookConnections + 20, () => hook(fed, 100, 1));
    expect(answers.filter((one) => one === 'closed').length).toBeGreaterThan(10);
  },
  operationsConnections: async ({ scene }) => {
    const port = Number(await scene.operators.at(-1)?.port);
    const sockets = Array.from({ length: limits.operationsConnections + 20 }, () =>
      createConnection(port, '127.0.0.1'),
    );
    let closed = 0;
    sockets.forEach((socket) => socket.on('error', () => undefined).once('close', () => (closed += 1)));
    await scene.cluster.eventually(() => expect(closed).toBeGreaterThanOrEqual(20));
    sockets.forEach((socket) => socket.destroy());
  },
};
