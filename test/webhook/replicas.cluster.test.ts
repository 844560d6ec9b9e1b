import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { makeServerCertificates } from '../control-plane/start/certificates.js';
import { AdmissionFixture } from '../fixtures/admission/admission-fixture.js';
import { type Balancer, startBalancer } from '../fixtures/admission/balancer.js';
import { ownBuilds } from '../fixtures/admission/own-builds.js';
import type { Replica } from '../fixtures/admission/replica.js';

let fixture: AdmissionFixture;
let balancer: Balancer;
let shop: string;
let [first, second]: (Replica | undefined)[] = [];
beforeAll(async () => {
  fixture = await AdmissionFixture.open();
  await fixture.integration('quay');
  shop = await fixture.namespace();
  await fixture.provision(shop);
  balancer = await startBalancer();
  [first, second] = await Promise.all([start(), start()]);
  balancer.use(first, second);
  await fixture.reach({ port: balancer.port, ca: fixture.certificates.ca, failurePolicy: 'Fail' });
});
afterAll(async () => {
  await balancer.close();
  await fixture.close();
});

async function start(): Promise<Replica> {
  const replica = await fixture.start();
  await fixture.ready(replica);
  return replica;
}

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Creates fifty Builds a second, or as many as the machine is good for, until it is stopped, and gives those that were not
 * rewritten.
 */
function creating(): { count: () => number; stop: () => Promise<readonly unknown[]> } {
  const bad: unknown[] = [];
  const open = new Set<Promise<void>>();
  const build = ownBuilds(shop)['from source']?.build ?? {};
  let count = 0;
  const create = async (): Promise<void> => {
    const { status, body } = await fixture.build(shop, build);
    count += 1;
    if (status !== 201 || body.spec.output?.to?.kind !== 'DockerImage') bad.push([status, body]);
  };
  const timer = setInterval(() => {
    if (open.size >= 20) return;
    const one = create().catch((error: unknown) => void bad.push(error));
    open.add(one);
    void one.then(() => open.delete(one));
  }, 20);
  return {
    count: () => count,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(open);
      return bad;
    },
  };
}

describe('two replicas under failurePolicy Fail, and fifty Builds a second', () => {
  test('lose no Build while the certificates are exchanged, and while one after the other starts again', async () => {
    const load = creating();
    await eventually(() => expect(load.count()).toBeGreaterThan(50));

    // As it is done by whoever renews: both authorities are trusted before the new certificate is shown.
    const [former, next] = [fixture.certificates, await makeServerCertificates()];
    await fixture.reach({ port: balancer.port, ca: `${former.ca}\n${next.ca}`, failurePolicy: 'Fail' });
    await fixture.writeCertificate(next);
    for (const replica of [first, second]) {
      await eventually(() => expect(replica?.log().match(/certificate reloaded/g)).toHaveLength(2));
    }
    await later(1_000);
    await fixture.reach({ port: balancer.port, ca: next.ca, failurePolicy: 'Fail' });
    await later(1_000);

    const [firstAgain] = await Promise.all([start(), first?.stop()]);
    balancer.use(...[firstAgain, second].filter((one) => one !== undefined));
    await later(1_000);
    const [secondAgain] = await Promise.all([start(), second?.stop()]);
    balancer.use(firstAgain, secondAgain);
    await later(1_000);

    await eventually(() => expect(load.count()).toBeGreaterThan(500), 180_000);
    expect(await load.stop()).toEqual([]);
    expect([(await first?.finished)?.code, (await second?.finished)?.code]).toEqual([0, 0]);
    const again = [firstAgain, secondAgain].map((one) => one.metric('quayside_webhook_decisions_total', 'Rewritten'));
    // The API server keeps few connections, so they need not be spread evenly.
    expect((await Promise.all(again)).reduce((sum, one) => sum + one)).toBeGreaterThan(50);
  });
});

describe('a certificate', () => {
  test('that is broken does not replace a valid one, and is reported', async () => {
    const replica = await start();
    const [one, other] = [await makeServerCertificates(), await makeServerCertificates()];
    await fixture.writeCertificate({ ...one, key: other.key });
    await eventually(() => expect(replica.log()).toMatch(/tls\.key is not the key of tls\.crt/));
    expect(await replica.unready()).toBeUndefined();
    const { status, body } = await fixture.build(shop, ownBuilds(shop)['from source']?.build ?? {});
    expect([status, body.spec.output?.to?.kind]).toEqual([201, 'DockerImage']);
    for (const key of [one.key, other.key]) expect(replica.log()).not.toContain(key.split('\n')[1]);
  });

  test('that is missing keeps the webhook from being ready, which says so', async () => {
    await fixture.plane.edits.delete('secret', 'quayside-webhook-certificate', '-n', 'quayside');
    const replica = await fixture.start();
    await eventually(async () =>
      expect(await replica.unready()).toMatch(/the Secret quayside\/quayside-webhook-certificate: there is none/),
    );
    await fixture.writeCertificate(await makeServerCertificates());
    await fixture.ready(replica);
  });
});
