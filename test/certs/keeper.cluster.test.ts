import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createCertificateKeeper, type KeeperOptions } from '../../src/certs/keeper.js';
import { lifetimes } from '../../src/certs/lifetimes.js';
import { type CertificateState } from '../../src/certs/state.js';
import { type KubeClient } from '../../src/kube/index.js';
import { writes } from '../control-plane/audit/filter.js';
import { type SharedControlPlane } from '../control-plane/control-plane.js';
import { eventually } from '../support/eventually.js';
import { type FaultProxy } from '../control-plane/proxy/fault-proxy.js';
import { sharedControlPlane } from '../control-plane/shared.js';
import { clientAt } from '../support/client-at.js';
import { handshake } from './accepts.js';
import { clusterFixture, type ClusterFixture } from './cluster-fixture.js';

const userAgent = 'certs-keeper-test';
const day = 24 * 60 * 60 * 1000;
let plane: SharedControlPlane;
let proxy: FaultProxy;
let client: KubeClient;
let fixture: ClusterFixture;
let stop: () => Promise<void>;
const states: CertificateState[] = [];
const lines: string[] = [];

beforeAll(async () => {
  plane = await sharedControlPlane();
});
beforeEach(async () => {
  proxy = await plane.proxy();
  client = clientAt(proxy.kubeconfig, userAgent);
  fixture = await clusterFixture(plane);
  states.length = 0;
  lines.length = 0;
});
afterEach(async () => {
  await stop();
  await client.close();
  await proxy.stop();
  await fixture.remove();
});

function keep(more: Partial<KeeperOptions> = {}) {
  const line = (...parts: readonly unknown[]): void => void lines.push(JSON.stringify(parts));
  const keeper = createCertificateKeeper({
    client,
    options: fixture.options,
    log: { info: line, warn: line },
    onState: (state) => states.push(state),
    // Only what it notices by itself may make it look again.
    intervalMilliseconds: 3_600_000,
    settleMilliseconds: 10,
    ...more,
  });
  stop = keeper.stop;
  keeper.start();
  return keeper;
}

const remove = (secret: string) => fixture.edits.delete('secret', secret, '-n', fixture.options.namespace);
const works = async () => {
  const pair = await fixture.leaf();
  for (const bundle of await fixture.bundles()) await handshake(pair, bundle, fixture.name);
};

test('the keeper creates what is missing, reports when it expires, and at rest writes nothing', async () => {
  const keeper = keep();
  await eventually(() => expect(keeper.state()?.reason).toBe('CertificateValid'));
  await works();
  const { leafNotAfter = 0, caNotAfter = 0, bundle } = keeper.state() ?? {};
  expect(leafNotAfter - Date.now()).toBeGreaterThan(lifetimes.leaf - day);
  expect(caNotAfter - Date.now()).toBeGreaterThan(lifetimes.caPair - day);
  expect(bundle).toBe((await fixture.bundles())[0]);
  await plane.audit.reset();
  keeper.check();
  await eventually(async () => expect(await plane.audit.count({ userAgent, verb: 'get' })).toBeGreaterThan(2));
  expect(await plane.audit.count({ userAgent, verb: writes })).toBe(0);
  expect(states).toHaveLength(1);
});

test.each(['authority', 'certificate'])('a Secret that somebody deletes is back within seconds: %s', async (secret) => {
  const keeper = keep();
  await eventually(() => expect(keeper.state()?.ready).toBe(true));
  await remove(secret);
  await eventually(async () => expect(Object.keys((await fixture.secret(secret)) ?? {})).toContain('tls.key'));
  await eventually(works);
});

test('the keeper serves a configuration that is created later', async () => {
  await fixture.remove();
  fixture = await clusterFixture(plane, { configured: false });
  const keeper = keep();
  await eventually(() => expect(keeper.state()?.reason).toBe('WebhookConfigurationMissing'));
  await fixture.configure(fixture.options.namespace, 1);
  await eventually(works);
});

test.each(['replace', 'delete'])('R12: a caBundle that is lost by a %s is back at once', async (how) => {
  const keeper = keep();
  await eventually(() => expect(keeper.state()?.ready).toBe(true));
  await works();
  const { namespace } = fixture.options;
  if (how === 'delete') {
    await fixture.edits.delete('mutatingwebhookconfiguration', namespace);
    await eventually(() => expect(keeper.state()?.reason).toBe('WebhookConfigurationMissing'));
    await fixture.configure(namespace, 1);
  } else {
    const found = JSON.parse(await plane.kubectl(['get', 'mutatingwebhookconfiguration', namespace, '-o', 'json'])) as {
      metadata: object;
      webhooks: { clientConfig: { caBundle?: string } }[];
    };
    for (const { clientConfig } of found.webhooks) delete clientConfig.caBundle;
    await plane.kubectl(['replace', '-f', '-'], { input: JSON.stringify({ ...found, metadata: { name: namespace } }) });
  }
  await eventually(works);
});

test('the keeper renews by the clock, without an event', async () => {
  let now = Date.now() - 60 * day;
  const keeper = keep({ now: () => now, intervalMilliseconds: 50 });
  await eventually(() => expect(keeper.state()?.ready).toBe(true));
  const { cert } = await fixture.leaf();
  now = Date.now();
  await eventually(async () => expect((await fixture.leaf()).cert).not.toBe(cert));
  await works();
});

test('the keeper reports a failing API server, keeps its state, and continues afterwards', async () => {
  const keeper = keep();
  await eventually(() => expect(keeper.state()?.ready).toBe(true));
  const { leafNotAfter, bundle } = keeper.state() ?? {};
  proxy.arm({ userAgent }, { kind: 'answer', status: 503 });
  keeper.check();
  await eventually(() => expect(keeper.state()).toMatchObject({ ready: false, reason: 'CertificatesUnknown' }));
  expect(keeper.state()).toMatchObject({ leafNotAfter, bundle });
  proxy.clear();
  await eventually(() => expect(keeper.state()?.ready).toBe(true));
});

test('a keeper that is no longer the leader writes nothing', async () => {
  const keeper = keep({ mayWrite: () => false });
  await eventually(() => expect(keeper.state()?.reason).toBe('CertificateMissing'));
  expect(await fixture.secret('authority')).toBe(undefined);
});

test('a stopped keeper writes nothing', async () => {
  const keeper = keep();
  await eventually(() => expect(keeper.state()?.ready).toBe(true));
  await keeper.stop();
  await remove('certificate');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await fixture.secret('certificate')).toBe(undefined);
});

test('no key shows in the log or the state of the keeper', async () => {
  const keeper = keep();
  await eventually(() => expect(keeper.state()?.ready).toBe(true));
  const certificate = ['secret', 'certificate', '-n', fixture.options.namespace];
  await fixture.edits.patch(certificate, { data: { 'tls.crt': '' } });
  await eventually(works);
  const keys = [await fixture.secret('authority'), await fixture.secret('certificate')].map(
    (one) => one?.['tls.key'] ?? '',
  );
  const said = JSON.stringify([lines, states]);
  expect(lines.length).toBeGreaterThan(3);
  expect(said).not.toContain('PRIVATE');
  for (const key of keys) expect(said).not.toContain(key.split('\n')[1]);
});
