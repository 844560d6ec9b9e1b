import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { attack, endless, head, pour, several, unknownReview } from '../fixtures/admission/attack.js';
import { admissionLoad, type Load } from '../fixtures/admission/load.js';
import { loneWebhook, type LoneWebhook } from '../fixtures/admission/lone-webhook.js';
import { begun } from '../hostile/begun.js';
import { slow, webhookFeedings } from '../limits/fed/webhook.js';

const namespaces = 20;
const mebibyte = 1024 * 1024;

let webhook: LoneWebhook;
let load: Load;
beforeAll(async () => {
  webhook = await loneWebhook(namespaces);
  load = admissionLoad(webhook.port, webhook.ca, namespaces);
});
afterAll(async () => {
  load.close();
  await webhook.stop();
});

const close = (sockets: readonly TLSSocket[]): void => sockets.forEach((socket) => socket.destroy());

async function isWell(): Promise<void> {
  await load.flood(20, 4);
  expect(await webhook.live()).toBe(200);
  expect(webhook.peak()).not.toBeGreaterThan(webhook.memory);
}

describe('the webhook is fed beyond a limit, does what the table says, answers others, and stays below its memory limit:', () => {
  const slowly = begun(() => Object.entries(slow).map(([row, feed]) => [row, feed(webhook)]));

  test.each(Object.entries(webhookFeedings))('%s', async (row, feed) => {
    await (row in slow ? slowly(row) : feed(webhook));
    await isWell();
  });
});

describe('S7: the webhook answers reviews, and stays below its memory limit,', () => {
  test('while 70 bodies of 3 MiB never end', async () => {
    const sockets = await endless(webhook, 70, 3 * mebibyte);
    await isWell();
    close(sockets);
  });

  test('while 400 bodies of 1 MiB never end', async () => {
    const sockets = await endless(webhook, 400, mebibyte);
    await isWell();
    close(sockets);
  });

  test('while 60 reviews of unknown namespaces wait, large ones and pipelined ones too', async () => {
    const sockets = await several(61, () => webhook.connection());
    const [last, ...others] = sockets;
    await Promise.all(others.map((socket, at) => pour(socket, unknownReview(at, at % 2 === 0 ? 250_000 : 30_000))));
    for (let at = 0; at < 500 && last?.destroyed === false; at += 1) await pour(last, unknownReview(1, 30_000));
    await isWell();
    close(sockets);
  });

  test('while 10 bodies come byte by byte', async () => {
    const sockets = await several(10, () => webhook.connection());
    const chunks = Buffer.from('1\r\nx\r\n'.repeat(20_000));
    await Promise.all(
      sockets.map(async (socket) => {
        await pour(socket, head('Transfer-Encoding: chunked\r\n'));
        for (let at = 0; at < 5; at += 1) await pour(socket, chunks);
      }),
    );
    await isWell();
    close(sockets);
  });

  test('while 600 connections are open that say nothing', async () => {
    const sockets = await several(600, () => webhook.connection());
    await isWell();
    close(sockets);
  });

  test('while bodies of 3 MiB are as costly to read as they can be', async () => {
    const kinds = ['{},', '[],', '"",', '1e5,', '{"a":{}},'];
    const sockets = await several(kinds.length * 2, () => webhook.connection());
    await Promise.all(
      sockets.map((socket, at) => {
        const kind = kinds[at % kinds.length] ?? '';
        const body = `{"kind":"AdmissionReview","x":[${kind.repeat(Math.floor((3 * mebibyte - 100) / kind.length))}0]}`;
        return pour(socket, head(`Content-Length: ${body.length}\r\n`) + body);
      }),
    );
    await isWell();
    close(sockets);
  });

  test('while all of that comes at once, for each of 300 reviews at 100 a second', async () => {
    const end = attack(webhook);
    const taken = await load.steady(100, 3);
    await end();
    expect(taken).toHaveLength(300);
    await isWell();
  });
});
