import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { limitConnections } from '../../src/process/index.js';
import { createBodies } from '../../src/process/bodies.js';
import { eventually } from '../support/eventually.js';

const opened: { close?: () => unknown; destroy?: () => unknown }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) (one.destroy ?? one.close)?.call(one);
});

async function limited(most: number): Promise<{ port: number; from: (address: string) => Promise<Socket> }> {
  const server = createServer((_, response) => response.end('here'));
  limitConnections(server, most);
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    from: (localAddress) =>
      new Promise((resolve) => {
        const socket = connect({ port, host: '127.0.0.1', localAddress }, () => resolve(socket));
        opened.push(socket);
        socket.on('error', () => undefined).resume();
      }),
  };
}

const closedOf = (sockets: readonly Socket[]): readonly number[] =>
  sockets.flatMap((socket, at) => (socket.closed ? [at] : []));

// Elsewhere a machine has only one address of its own.
const onLinux = process.platform === 'linux' ? test : test.skip;

describe('S7: a server that has all its connections', () => {
  onLinux('closes one of the address that has the most, and never that of somebody who asks for one', async () => {
    const { from } = await limited(4);
    const api = await from('127.0.0.1');
    const pods: Socket[] = [];
    for (let at = 0; at < 7; at += 1) pods.push(await from('127.0.0.2'));
    await eventually(() => expect(closedOf(pods)).toEqual([0, 1, 2, 3]));
    expect(api.closed).toBe(false);
  });

  test('keeps those that were answered from those that say nothing, and the other way round', async () => {
    const { port, from } = await limited(4);
    const silent = [await from('127.0.0.1'), await from('127.0.0.1'), await from('127.0.0.1')];
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    opened.push(agent);
    const ports: (number | undefined)[] = [];
    for (let at = 0; at < 5; at += 1) {
      const call = request({ port, host: '127.0.0.1', agent }).end();
      const [response] = (await once(call, 'response')) as [IncomingMessage];
      ports.push(response.socket.localPort);
      await once(response.resume(), 'close');
      silent.push(await from('127.0.0.1'));
    }
    expect(new Set(ports).size).toBe(1);
    await eventually(() => expect(closedOf(silent)).toEqual([0, 1, 2, 3, 4]));
  });

  test('closes the one that was idle for longest', async () => {
    const { port, from } = await limited(3);
    const sockets = [await from('127.0.0.1'), await from('127.0.0.1'), await from('127.0.0.1')];
    const answer = new Promise((resolve) => sockets[0]?.once('data', resolve));
    sockets[0]?.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await answer;
    const body = await new Promise<string>((resolve, reject) => {
      request({ port, host: '127.0.0.1', agent: false }, (response) => {
        response.setEncoding('utf8').once('data', resolve);
      })
        .once('error', reject)
        .end();
    });
    expect(body).toBe('here');
    await eventually(() => expect(closedOf(sockets)).toEqual([1]));
  });
});

describe('S7: bodies that come to too many bytes', () => {
  const received = (sizes: readonly number[], most: number): readonly number[] => {
    const bodies = createBodies(most);
    const dropped: number[] = [];
    sizes.forEach((size, at) => bodies.open(() => dropped.push(at)).add(Buffer.alloc(size, 'x')));
    return dropped;
  };

  test('lose the largest, whoever came last', () => {
    expect(received([10, 50, 10, 40], 100)).toEqual([1]);
    expect(received([10, 10, 200], 100)).toEqual([2]);
    expect(received([50, 60, 70, 1, 1], 100)).toEqual([1, 2]);
  });

  test('are given back as they came, in however many pieces', () => {
    const body = createBodies(1_000_000).open(() => undefined);
    const text = 'äöü€'.repeat(20_000);
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 777) body.add(bytes.subarray(at, at + 777));
    expect(body.take().toString()).toBe(text);
  });

  test('make room again when they are read, given up or dropped', () => {
    const bodies = createBodies(100);
    const drops: string[] = [];
    const open = (name: string): ReturnType<typeof bodies.open> => bodies.open(() => drops.push(name));
    for (const end of ['take', 'drop'] as const) {
      const body = open(end);
      body.add(Buffer.alloc(90));
      body[end]();
    }
    expect(open('last').add(Buffer.alloc(90))).toBe(true);
    expect(drops).toEqual([]);
  });
});
