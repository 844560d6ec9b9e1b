import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from '@jest/globals';
import { limits } from '../../../src/limits/index.js';
import { endless, head, pour, several, unknownReview } from '../../fixtures/admission/attack.js';
import { troubled } from '../../fixtures/admission/fixed-cluster.js';
import { reviewOfBuild } from '../../fixtures/admission/load.js';
import { type LoneWebhook } from '../../fixtures/admission/lone-webhook.js';
import { reviewed } from '../../fixtures/admission/review.js';
import { send } from '../../hostile/pod.js';
import { type Feeding, type Feedings } from './fed.js';

/** What comes back for these bytes, until the webhook ends the connection; empty where it says nothing. */
async function answer(webhook: LoneWebhook, bytes: string): Promise<string> {
  const socket = await webhook.connection();
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await pour(socket, bytes);
  if (!socket.destroyed) await closed;
  return text;
}

/** Opens connections that say nothing, and waits until all that are too many were closed. */
async function silent(port: number, most: number): Promise<void> {
  let closed = 0;
  const all = new Promise<void>((resolve) => {
    const count = (): void => {
      closed += 1;
      if (closed === surplus) resolve();
    };
    for (let at = 0; at < most + surplus; at += 1)
      sockets.push(
        connect(port, '127.0.0.1')
          .on('error', () => undefined)
          .once('close', count),
      );
  });
  await all;
  sockets.splice(0).forEach((socket) => socket.destroy());
}
const surplus = 20;
const sockets: Socket[] = [];

const refused =
  (body: string, status: number, words: RegExp): Feeding<LoneWebhook> =>
  async ({ port }) =>
    expect(await send(port, body)).toEqual({ status, body: expect.stringMatching(words) });

/** These take their seconds, side by side; more connections would close theirs. */
export const slow: Feedings<LoneWebhook> = {
  handshake: async ({ port }) => void (await once(connect(port, '127.0.0.1'), 'close')),
  requestHead: async (webhook) =>
    expect(await answer(webhook, 'POST /admissionwebhook HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1\.1 408 /),
  request: async (webhook) =>
    expect(await answer(webhook, `${head('Content-Length: 100\r\n')}{`)).toMatch(/^HTTP\/1\.1 408 /),
  reviewWait: async ({ port }) => {
    const { status, body } = await send(port, JSON.stringify(reviewOfBuild('nobody-knows', 1)));
    expect(status).toBe(200);
    expect(reviewed(body)).toMatchObject({ allowed: true, warnings: [expect.any(String)] });
    expect(reviewed(body).patch ?? []).not.toContainEqual(expect.objectContaining({ path: '/spec/output/to' }));
  },
};

/** One after the other: what is in flight at once is limited too. */
export const webhookFeedings: Feedings<LoneWebhook> = {
  ...slow,
  reviewBytes: async (webhook) => {
    const chunk = `100000\r\n${' '.repeat(1 << 20)}\r\n`;
    const chunked = head('Connection: close\r\nTransfer-Encoding: chunked\r\n');
    expect(await answer(webhook, `${chunked}${chunk.repeat(4)}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
  },
  reviewDepth: refused('['.repeat(limits.reviewDepth + 1), 400, /in one another/),
  reviewValues: refused(`[${'0,'.repeat(limits.reviewValues)}0]`, 400, /too many/),
  reviewsInFlightBytes: async (webhook) => {
    const each = 2 * 1024 * 1024;
    const all = await endless(webhook, 0, each);
    const heard: Promise<unknown>[] = [];
    for (let at = 0; at <= limits.reviewsInFlightBytes / each; at += 1) {
      const socket = await webhook.connection();
      heard.push(once(socket, 'data').then(([text]) => String(text).slice(9, 12)));
      all.push(socket);
      await pour(socket, `${head(`Content-Length: ${each + 1}\r\n`)}${' '.repeat(each)}`);
    }
    expect(await Promise.race(heard)).toBe('503');
    all.forEach((socket) => socket.destroy());
  },
  waitingReviewBytes: async (webhook) => {
    // One that may wait, and then one that is too large for that: the second is answered first.
    const answers: string[] = [];
    const ask = async (name: string, size: number): Promise<void> => {
      const socket = await webhook.connection();
      const heard = once(socket, 'data');
      await pour(socket, unknownReview(9_000, size));
      expect(String((await heard)[0])).toContain('"allowed":true');
      answers.push(name);
      socket.destroy();
    };
    await Promise.all([ask('small', 100), ask('large', limits.waitingReviewBytes + 1_000)]);
    expect(answers).toEqual(['large', 'small']);
  },
  waitingReviews: async ({ port }) => {
    let answered = 0;
    const review = JSON.stringify(reviewOfBuild('nobody-knows-either', 1));
    const ask = async (): Promise<void> => {
      const { body } = await send(port, review);
      expect(reviewed(body).allowed).toBe(true);
      answered += 1;
    };
    const first = ask().then(() => answered);
    const others = several(limits.waitingReviews + surplus, ask);
    // Those for which there is no place are answered before the first has waited to its end.
    expect(await first).toBeGreaterThan(surplus / 2);
    await others;
  },
  warningText: async ({ port }) => {
    const { warnings = [] } = reviewed((await send(port, JSON.stringify(reviewOfBuild(troubled, 1)))).body);
    expect(warnings.map(({ length }) => length)).toEqual([limits.warningText]);
  },
  webhookConnections: ({ port }) => silent(port, limits.webhookConnections),
  operationsConnections: async (webhook) => {
    await silent(webhook.operations, limits.operationsConnections);
    expect(await webhook.live()).toBe(200);
  },
};
