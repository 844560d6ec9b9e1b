import { connect } from 'node:http2';
import { get } from 'node:https';
import { beforeAll, expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { freePorts } from '../../test/control-plane/process/free-ports.js';
import { send } from './client.js';
import { simulators } from './running.js';

const start = simulators();
let tls: { readonly key: string; readonly cert: string };

beforeAll(async () => {
  const made = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  tls = { key: made.private, cert: made.cert };
});

test('speaks HTTP/2 over TLS, with addresses of its own scheme', async () => {
  const simulator = await start({ tls });
  expect(simulator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const session = connect(simulator.url, { ca: tls.cert });
  const stream = session.request({ ':path': '/api/v1/organization/none', authorization: 'Bearer x' });
  let body = '';
  let status: unknown;
  stream.on('response', (headers) => (status = headers[':status']));
  for await (const chunk of stream) body += String(chunk);
  session.close();
  expect(session.alpnProtocol).toBe('h2');
  expect(status).toBe(404);
  expect(JSON.parse(body)).toMatchObject({ type: `${simulator.url}/api/v1/error/not_found` });
});

test('speaks HTTP/1.1 over TLS to clients without HTTP/2', async () => {
  const simulator = await start({ tls });
  const status = await new Promise((resolve, reject) => {
    get(`${simulator.url}/config`, { ca: tls.cert }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });
  expect(status).toBe(200);
});

test('a cut connection ends an HTTP/2 session', async () => {
  const simulator = await start({ tls });
  simulator.faults.inject({ reset: true });
  const session = connect(simulator.url, { ca: tls.cert });
  session.on('error', () => undefined);
  const failed = new Promise((resolve) => {
    const stream = session.request({ ':path': '/config' });
    stream.on('error', resolve);
    stream.on('close', resolve);
    stream.resume();
  });
  await failed;
  expect((await start()).url).toMatch(/^http:/);
});

test('keeps connections, unless asked to close each', async () => {
  const kept = await send(await start(), 'GET /config');
  expect(kept.headers.connection).toBe('keep-alive');
  const closed = await send(await start({ closeConnections: true }), 'GET /config');
  expect(closed.headers.connection).toBe('close');
});

test('listens on loopback, on the ports it is given', async () => {
  const [port = 0] = await freePorts(1);
  const first = await start({ port });
  await first.close();
  const second = await start({ port });
  expect(second.url).toBe(`http://127.0.0.1:${port}`);
  await expect(start({ port })).rejects.toThrow(/EADDRINUSE/);
});
