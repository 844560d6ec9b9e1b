import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { connect, createServer, type Server } from 'node:tls';
import { inspect } from 'node:util';
import { generate } from 'selfsigned';
import { ensureCertificates, renewCertificates } from '../../src/certs/ensure.js';
import { makeCa, makeLeaf } from '../../src/certs/make.js';
import { serverNames } from '../../src/certs/options.js';
import { watchCertificate, type WatchedCertificate } from '../../src/certs/watch-certificate.js';
import { type KubeClient } from '../../src/kube/index.js';
import { type SharedControlPlane } from '../control-plane/control-plane.js';
import { eventually } from '../support/eventually.js';
import { sharedControlPlane } from '../control-plane/shared.js';
import { clientAt } from '../support/client-at.js';
import { clusterFixture, type ClusterFixture } from './cluster-fixture.js';

const day = 24 * 60 * 60 * 1000;
const userAgent = 'certs-watch-test';
let plane: SharedControlPlane;
let client: KubeClient;
let maker: KubeClient;
let fixture: ClusterFixture;
let watched: WatchedCertificate;
let server: Server | undefined;
const faults: (string | undefined)[] = [];

beforeAll(async () => {
  plane = await sharedControlPlane();
  client = clientAt(plane.kubeconfig, userAgent);
  maker = clientAt(plane.kubeconfig, 'certs-watch-maker');
});
afterAll(async () => {
  await client.close();
  await maker.close();
});
beforeEach(async () => {
  fixture = await clusterFixture(plane);
  faults.length = 0;
  await plane.audit.reset();
  const { namespace } = fixture.options;
  watched = watchCertificate(client, { namespace, name: 'certificate' }, { onFaultChange: (one) => faults.push(one) });
  watched.start();
});
afterEach(async () => {
  await watched.stop();
  server?.close();
  server = undefined;
  await fixture.remove();
});

const put = async (data: Record<string, string>) => {
  await fixture.edits.patch(['secret', 'certificate', '-n', fixture.options.namespace], { stringData: data });
};

/** A server that shows what is watched, and the serial number that a client that trusts the bundle sees. */
async function serve(): Promise<() => Promise<string>> {
  const listening = createServer((socket) => socket.end());
  server = listening;
  watched.onChange(({ cert, key }) => listening.setSecureContext({ cert, key }));
  await once(listening.listen(0, '127.0.0.1'), 'listening');
  const { port } = listening.address() as AddressInfo;
  return async () => {
    const [ca] = await fixture.bundles();
    const socket = connect({ host: '127.0.0.1', port, servername: fixture.name, ...(ca !== undefined && { ca }) });
    await once(socket, 'secureConnect');
    const { serialNumber } = socket.getPeerCertificate();
    socket.destroy();
    return serialNumber;
  };
}

test('a server switches to what comes, without a restart, and trusted all along', async () => {
  expect(await watched.filled()).toBe(true);
  expect(watched.current()).toBe(undefined);
  expect(watched.fault()).toMatch(/certificate: there is none$/);
  await ensureCertificates(maker, fixture.options, { now: () => Date.now() - 61 * day, waitMilliseconds: 0 });
  await eventually(() => expect(watched.current()).toBeDefined());
  expect(watched.fault()).toBe(undefined);
  const serial = await serve();
  const first = await serial();
  await renewCertificates(maker, fixture.options);
  await eventually(async () => expect(await serial()).not.toBe(first));
  expect(watched.current()?.notAfter.getTime()).toBeGreaterThan(Date.now() + 80 * day);
});

test('what is broken, expired or gone is reported, and the last good one stays in use', async () => {
  await ensureCertificates(maker, fixture.options, { waitMilliseconds: 0 });
  await eventually(() => expect(watched.current()).toBeDefined());
  const serial = await serve();
  const good = watched.current();
  const first = await serial();
  const pair = await fixture.leaf();

  await put({ 'tls.key': (await makeCa(Date.now())).key });
  await eventually(() => expect(watched.fault()).toMatch(/tls.key is not the key of tls.crt/));
  const expired = await makeLeaf(await makeCa(Date.now()), serverNames(fixture.options), Date.now() - 91 * day);
  await put({ 'tls.crt': expired.certificate, 'tls.key': expired.key });
  await eventually(() => expect(watched.fault()).toMatch(/it expired on/));
  // S13: it fits its key, and no handshake with it would work.
  const weak = await generate([{ name: 'commonName', value: fixture.name }], { keySize: 1024, algorithm: 'sha256' });
  await put({ 'tls.crt': weak.cert, 'tls.key': weak.private });
  await eventually(() => expect(watched.fault()).toMatch(/TLS refuses it: .*key too small/));
  await put({ 'tls.crt': 'x', 'tls.key': 'x' });
  await eventually(() => expect(watched.fault()).toMatch(/holds no certificate/));
  await fixture.edits.delete('secret', 'certificate', '-n', fixture.options.namespace);
  await eventually(() => expect(watched.fault()).toMatch(/there is none/));
  expect(watched.current()).toBe(good);
  expect(await serial()).toBe(first);

  await ensureCertificates(maker, fixture.options, { waitMilliseconds: 0, settleMilliseconds: 1 });
  await eventually(async () => expect(await serial()).not.toBe(first));
  expect(watched.fault()).toBe(undefined);
  expect(faults.at(-1)).toBe(undefined);
  expect(watched.current()?.key).not.toBe(pair.key);
});

test('a write that changes nothing of the pair is no change', async () => {
  await ensureCertificates(maker, fixture.options, { waitMilliseconds: 0 });
  await eventually(() => expect(watched.current()).toBeDefined());
  let changes = 0;
  watched.onChange(() => (changes += 1));
  expect(changes).toBe(1);
  await fixture.edits.patch(['secret', 'certificate', '-n', fixture.options.namespace], {
    metadata: { labels: { seen: 'yes' } },
  });
  await put({ other: 'x' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(changes).toBe(1);
});

test('what is in use and runs out is a fault', async () => {
  await watched.stop();
  let now = Date.now();
  const { namespace } = fixture.options;
  watched = watchCertificate(client, { namespace, name: 'certificate' }, { now: () => now });
  watched.start();
  await ensureCertificates(maker, fixture.options, { waitMilliseconds: 0 });
  await eventually(() => expect(watched.current()).toBeDefined());
  expect(watched.fault()).toBe(undefined);
  now += 91 * day;
  expect(watched.fault()).toMatch(/it expired on/);
});

test('it asks for that one Secret only, and its key shows in nothing that is printed', async () => {
  await ensureCertificates(maker, fixture.options, { waitMilliseconds: 0 });
  await eventually(() => expect(watched.current()).toBeDefined());
  const asked = await plane.audit.requests({ userAgent });
  for (const { name, resource, namespace } of asked) {
    expect({ name, resource, namespace }).toEqual({
      name: 'certificate',
      resource: 'secrets',
      namespace: fixture.options.namespace,
    });
  }
  const current = watched.current();
  expect(current?.key).toContain('PRIVATE');
  expect(inspect(current) + JSON.stringify({ current })).not.toContain('PRIVATE');
});
