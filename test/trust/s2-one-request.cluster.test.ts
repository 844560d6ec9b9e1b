import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AdmissionFixture } from '../fixtures/admission/admission-fixture.js';
import { ownBuilds } from '../fixtures/admission/own-builds.js';
import { reviewed, reviewOf } from '../fixtures/admission/review.js';
import type { Replica } from '../fixtures/admission/replica.js';

let fixture: AdmissionFixture;
let replica: Replica;
let shop: string;

beforeAll(async () => {
  fixture = await AdmissionFixture.open();
  await fixture.integration('quay', { namespaceSelector: { matchLabels: { quay: 'yes' } } });
  replica = await fixture.serve(['--log-level', 'debug']);
  shop = await fixture.provisioned({ quay: 'yes' });
});
afterAll(() => fixture.close());

/** Where one step for each pair of characters would take hours. */
const long = (unit: string): string => unit.repeat(2_900_000 / unit.length);
const build = (): object => ownBuilds(shop)['from source']?.build ?? {};
const object = (change: (build: Build) => void): object => {
  const copy = structuredClone(build()) as Build;
  change(copy);
  return copy;
};

interface Build {
  metadata?: { annotations?: Record<string, string> };
  spec: { serviceAccount?: string; output: { to: Record<string, string>; pushSecret?: object }; strategy: object };
}

/** Any pod can send this: the webhook does not know who calls. */
async function post(body: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: replica.port, ca: fixture.certificates.ca, method: 'POST' };
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request({ ...options, path: '/admissionwebhook?timeout=2s', headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    call.once('error', reject).end(body);
  });
}

const review = (object: object, more: object = {}): string =>
  JSON.stringify(reviewOf(object, { namespace: shop, ...more }));

describe('S2: one request does not stop the webhook, or fill its log:', () => {
  test.each<[string, () => string]>([
    ['a namespace of 80,000 characters', () => review(build(), { namespace: 'a.'.repeat(40_000) })],
    ['a namespace of 2.9 MB', () => review(build(), { namespace: long('a.') })],
    ['a namespace that looks like addresses', () => review(build(), { namespace: long('a://') })],
    ['a namespace of half escapes', () => review(build(), { namespace: '\\'.repeat(1_400_000) })],
    ['a uid', () => review(build(), { uid: long('bearer ') })],
    ['a name', () => review(build(), { name: long('a.') })],
    ['an operation', () => review(build(), { operation: long('authorization: ') })],
    ['a resource', () => review(build(), { resource: { group: long('a.'), version: 'v1', resource: 'builds' } })],
    ['a user', () => review(build(), { userInfo: { username: long('a+') } })],
    ['an image stream', () => review(object(({ spec }) => (spec.output.to['name'] = long('a.'))))],
    ['a tag', () => review(object(({ spec }) => (spec.output.to['name'] = `a:${long('a-')}`)))],
    [
      'an image stream of private keys',
      () => review(object(({ spec }) => (spec.output.to['name'] = long('-----BEGIN ')))),
    ],
    ['the namespace of an output', () => review(object(({ spec }) => (spec.output.to['namespace'] = long('a.'))))],
    ['a service account', () => review(object(({ spec }) => (spec.serviceAccount = long('a.'))))],
    ['a push secret', () => review(object(({ spec }) => (spec.output.pushSecret = { name: long('a.') })))],
    ['an annotation', () => review(object((one) => (one.metadata = { annotations: { a: long('a.') } })))],
    [
      '100,000 annotations',
      () => review(object((one) => (one.metadata = { annotations: Object.fromEntries(Array(100_000).entries()) }))),
    ],
    ['lists in lists', () => `{"kind":"AdmissionReview","request":${long('[')}`],
    [
      'an object of lists in lists',
      () => review(build()).replace('"object":{', `"object":${'['.repeat(1e6)}${']'.repeat(1e6)},"x":{`),
    ],
  ])(
    '%s',
    async (_, body) => {
      const before = replica.log().length;
      const { status } = await post(body());
      expect([200, 400]).toContain(status);
      const next = await post(review(build()));
      expect(reviewed(next.body)).toMatchObject({ allowed: true, patchType: 'JSONPatch' });
      expect(await replica.live()).toBe(200);
      expect(replica.log().length - before).toBeLessThan(20_000);
    },
    60_000,
  );

  test('and a Build that comes by the API server still goes to Quay', async () => {
    const { status, body } = await fixture.build(shop, build());
    expect([status, body.spec.output?.to?.['kind']]).toEqual([201, 'DockerImage']);
  });
});
