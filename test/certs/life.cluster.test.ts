import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { certificatesIn } from '../../src/certs/certificate.js';
import { renewCertificates } from '../../src/certs/ensure.js';
import { lifetimes } from '../../src/certs/lifetimes.js';
import { type Step } from '../../src/certs/plan.js';
import { readSecret } from '../../src/certs/secret-store.js';
import { readConfiguration } from '../../src/certs/webhook-configuration.js';
import { type KubeClient } from '../../src/kube/index.js';
import { type SharedControlPlane } from '../control-plane/control-plane.js';
import { sharedControlPlane } from '../control-plane/shared.js';
import { clientAt } from '../support/client-at.js';
import { handshake, objection } from './accepts.js';
import { clusterFixture, type ClusterFixture } from './cluster-fixture.js';

const day = 24 * 60 * 60 * 1000;
const years = 6;
/** Days from one look to the next, and what a client or a server may be late. */
const pause = 3;
let plane: SharedControlPlane;
let client: KubeClient;
let fixture: ClusterFixture;

beforeAll(async () => {
  plane = await sharedControlPlane();
  client = clientAt(plane.kubeconfig, 'certs-life-test');
  fixture = await clusterFixture(plane);
});
afterAll(async () => {
  await client.close();
  await fixture.remove();
});

interface Shown {
  readonly cert: string;
  readonly key: string;
  readonly bundle: string;
}

async function shown(): Promise<Shown> {
  const { namespace } = fixture.options;
  const leaf = await readSecret(client, { namespace, name: 'certificate' });
  const configuration = await readConfiguration(client, namespace);
  const [bundle, ...others] = configuration?.webhooks.map(({ text }) => text) ?? [];
  expect(others).toEqual([bundle]);
  return { cert: leaf?.data.get('tls.crt') ?? '', key: leaf?.data.get('tls.key') ?? '', bundle: bundle ?? '' };
}

test(`for ${years} years, looked at every ${pause} days, every client accepts every server, also when one of them is a look late`, async () => {
  const { name } = fixture;
  // So that the authority is renewed about now, when a real handshake can be made with the old and the new one.
  const start = Date.now() - lifetimes.caPair * (2 / 3) - 30.5 * day;
  const acts: Step['act'][] = [];
  const writes = new Set<number>();
  let before: Shown | undefined;
  let handshakes = 0;
  for (let at = 0; at < years * 365; at += pause) {
    const now = start + at * day;
    const { done, state } = await renewCertificates(client, fixture.options, { now: () => now });
    expect(state).toMatchObject({ ready: true, reason: 'CertificateValid' });
    acts.push(...done.map(({ act }) => act));
    if (done.length > 0) writes.add(at);
    // At a look without a write nothing can have changed but the time.
    const today = done.length === 0 && before !== undefined ? before : await shown();
    const pairs = [
      [today, today],
      ...(before === undefined
        ? []
        : [
            [today, before],
            [before, today],
          ]),
    ] as const;
    for (const [server, client] of pairs) {
      if (server === undefined || client === undefined) continue;
      expect(objection(server.cert, client.bundle, { at: now, name })).toBe(undefined);
      if (done.length === 0 || !isGoodNow(server)) continue;
      await handshake(server, client.bundle, name);
      handshakes += 1;
    }
    before = today;
  }
  const count = (act: Step['act']): number => acts.filter((one) => one === act).length;
  expect(count('MakeAuthority')).toBe(2);
  expect(count('MakeLeaf')).toBeGreaterThanOrEqual((years * 365) / (60 + pause) - 1);
  expect(count('MakeLeaf')).toBeLessThanOrEqual((years * 365) / 59 + 1);
  // The second authority comes, and the first one goes.
  expect(count('Publish')).toBe(3);
  expect(handshakes).toBeGreaterThan(5);
  expect(certificatesIn(before?.bundle ?? '').length).toBe(1);
}, 900_000);

function isGoodNow({ cert, bundle }: Shown): boolean {
  const now = Date.now();
  return [cert, bundle].flatMap(certificatesIn).every(({ notBefore, notAfter }) => notBefore <= now && now < notAfter);
}
