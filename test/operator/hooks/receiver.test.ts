import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Fields } from '../../../src/json/index.js';
import { type Answer, type Call } from '../../../src/kube/index.js';
import { receiveHooks } from '../../../src/operator/hooks/receiver.js';
import { createLog, createMetrics } from '../../../src/process/index.js';
import { readConfiguration } from '../../../src/process/configuration.js';
import { integrationObject } from '../../fixtures/integration.js';
import { certificateFor, serveHTTPS } from '../../support/loopback.js';

const credentials = { credentialsSecret: { namespace: 'quayside', name: 'token' }, quayHostname: 'quay.example.com' };
const onGitHub = (more: object): Fields => ({
  ...integrationObject({ ...credentials, git: { url: 'https://github.com/acme/state.git', ...more } }),
});
const base64 = (data: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));

const objects: Record<string, Fields> = {
  'quayintegrations/quay': onGitHub({ forge: { webhook: { secretRef: { name: 'hook' } } } }),
  'quayintegrations/silent': onGitHub({}),
  'quayintegrations/elsewhere': onGitHub({ forge: { webhook: { secretRef: { name: 'gone' } } } }),
  'namespaces/quayside/secrets/hook': { data: base64({ secret: 'canary-new', previous: 'canary-old' }) },
};

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

/** A replica of the operator that receives, over an API server that has these objects. */
async function receiving() {
  const metrics = createMetrics({ version: 'test' });
  const patched: Call[] = [];
  let seen = (): void => undefined;
  const isPatched = new Promise<void>((resolve) => (seen = resolve));
  const call = (asked: Call): Answer => {
    if (asked.verb === 'patch') {
      patched.push(asked);
      seen();
    }
    if (asked.verb === 'list') {
      const named = Object.keys(objects).filter((path) => path.startsWith('quayintegrations/'));
      const items = named.map((path) => ({ metadata: { name: path.split('/')[1] } }));
      return { status: 200, body: { metadata: {}, items } };
    }
    const found = Object.entries(objects).find(([path]) => asked.path.split('?')[0]?.endsWith(path))?.[1];
    return found === undefined
      ? { status: 404, body: { kind: 'Status', reason: 'NotFound' } }
      : { status: 200, body: found };
  };
  const receiver = await receiveHooks({
    client: {
      server: 'http://in-memory',
      call: (asked) => Promise.resolve(call(asked)),
      watch: () => Promise.reject(new Error('nothing is watched')),
      close: () => Promise.resolve(),
    },
    settings: { hooks: '127.0.0.1:0', namespace: 'quayside', configuration: readConfiguration({}) },
    log: createLog({ level: 'silent', name: 'test' }),
    metrics,
  });
  close = receiver.close;
  const deliver = async (name: string, secret: string, ref = 'refs/heads/main'): Promise<number> => {
    const body = JSON.stringify({ ref, repository: { full_name: 'acme/state' } });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const answer = await fetch(`http://127.0.0.1:${receiver.port}/hooks/${name}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-hub-signature-256': `sha256=${signature}`,
        'x-gitea-signature': signature,
      },
      body,
    });
    return answer.status;
  };
  const counted = async () => {
    const { values } = await metrics.webhookDeliveriesTotal.get();
    return Object.fromEntries(values.map(({ labels, value }) => [`${labels.event} ${labels.code}`, value]));
  };
  return { deliver, counted, patched, isPatched, port: receiver.port ?? 0 };
}

describe('a replica that receives webhooks', () => {
  test('proves a delivery by the Secret that the integration names, and asks the leader once for several', async () => {
    const { deliver, counted, patched, isPatched } = await receiving();
    expect(await deliver('quay', 'forged')).toBe(401);
    expect(await deliver('quay', 'canary-new')).toBe(202);
    expect(await deliver('quay', 'canary-old', 'refs/heads/quayside/openshift/quay')).toBe(202);
    await isPatched;
    expect(patched).toHaveLength(1);
    expect(patched[0]).toMatchObject({
      resource: 'quayintegrations.quay.redhat.com',
      path: expect.stringContaining('/quay'),
    });
    expect(JSON.stringify(patched[0]?.body)).toContain('look-again');
    expect(JSON.stringify(patched)).not.toContain('canary');
    expect(await counted()).toEqual({ 'none 401': 1, 'push 202': 2 });
  });

  test('proves a delivery of a forge that is found by asking it, with the authority of the Git Secret', async () => {
    const certificate = await certificateFor('127.0.0.1');
    const forge = await serveHTTPS(certificate, ({ url }, response) => {
      const isGitea = url === '/api/v1/version';
      response.writeHead(isGitea ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isGitea ? { version: '1.26.0' } : {}));
    });
    const webhook = { secretRef: { name: 'hook' } };
    const git = { url: `${forge.url}/acme/state.git`, secretRef: { name: 'git' }, forge: { webhook } };
    objects['quayintegrations/private'] = { ...integrationObject({ ...credentials, git }) };
    objects['namespaces/quayside/secrets/git'] = { data: base64({ 'ca.crt': certificate.cert, password: 'p' }) };
    const { deliver } = await receiving();
    expect(await deliver('private', 'canary-new')).toBe(202);
    await forge.close();
  });

  test('F37 a delivery that is replayed a hundred times has the leader asked no more than twice', async () => {
    const { deliver, counted, patched, isPatched } = await receiving();
    const codes = await Promise.all(Array.from({ length: 100 }, () => deliver('quay', 'canary-new')));
    await isPatched;
    expect(new Set(codes)).toEqual(new Set([202]));
    expect(await counted()).toEqual({ 'push 202': 100 });
    expect(patched.length).toBeLessThanOrEqual(2);
  });

  test.each(['silent', 'elsewhere', 'unknown'])(
    'takes none for the integration %s, and does not say why',
    async (name) => {
      const { deliver, patched } = await receiving();
      expect(await deliver(name, 'canary-new')).toBe(401);
      expect(await deliver(name, '')).toBe(401);
      expect(patched).toEqual([]);
    },
  );

  const mebibyte = 1024 * 1024;
  const open = async (port: number): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };

  test('S7: keeps no more than its share of bodies that never end, and takes a delivery meanwhile', async () => {
    const { deliver, port } = await receiving();
    const head = `POST /hooks/quay HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${9 * mebibyte}\r\n\r\n`;
    const sockets = await Promise.all(Array.from({ length: 12 }, () => open(port)));
    const answers = sockets.map((socket) => once(socket, 'data').then(([text]) => String(text).slice(9, 12)));
    sockets.forEach((socket) => socket.write(Buffer.concat([Buffer.from(head), Buffer.alloc(4 * mebibyte, ' ')])));
    const first = await Promise.race(answers);
    expect(await deliver('quay', 'canary-new')).toBe(202);
    sockets.forEach((socket) => socket.destroy());
    expect(first).toBe('503');
  });

  test('S7: takes a delivery while more connections are open than it takes', async () => {
    const { deliver, port } = await receiving();
    const sockets = await Promise.all(Array.from({ length: 80 }, () => open(port)));
    expect(await deliver('quay', 'canary-new')).toBe(202);
    sockets.forEach((socket) => socket.destroy());
  });
});
