import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Fields } from '../../../src/json/index.js';
import { resourceTypes } from '../../../src/kube/index.js';
import { type Simulator } from '@quayside/simulator';
import { openFixture, type Fixture, specOf } from './fixture.js';

const name = 'openshift.shop';
const pullSecret = { name: 'builder-quay-openshift', serviceAccount: 'builder' };
const spec = specOf({ robots: [{ name: 'builder', role: 'write', pullSecret }, { name: 'default' }] });
const written = 'patch /api/v1/namespaces/shop/secrets/builder-quay-openshift';

let fixture: Fixture;
let quay: Simulator;
beforeEach(async () => {
  fixture = await openFixture();
  quay = only(fixture.quays.values());
  fixture.state(name, spec);
  await fixture.ready(name);
  expect(login()).toBe(token());
  forget();
});
afterEach(async () => fixture.close());

const only = <T>(all: Iterable<T>): T => {
  const [one] = all;
  if (one === undefined) throw new Error('there is none');
  return one;
};
const token = (): string | undefined => quay.snapshot().robots.get('openshift_shop+builder')?.token;
const forget = (): void => {
  quay.requests.reset();
  fixture.asked.splice(0);
};

/** The password in the pull secret of the builder. */
function login(): string | undefined {
  const data = fixture.secret('builder-quay-openshift')?.data as { '.dockerconfigjson': string } | undefined;
  if (data === undefined) return undefined;
  const { auths } = JSON.parse(decode(data['.dockerconfigjson'])) as { auths: Record<string, { auth: string }> };
  const { auth } = only(Object.values(auths));
  return decode(auth).split(':')[1];
}

const decode = (text: string): string => Buffer.from(text, 'base64').toString();
const encode = (text: string): string => Buffer.from(text).toString('base64');

async function regenerate(): Promise<void> {
  const before = token();
  await fetch(`${quay.url}/api/v1/organization/openshift_shop/robots/builder/regenerate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${quay.credentials.superuser}` },
  });
  expect(token()).not.toBe(before);
  forget();
}

/** The pull secret as a person writes it who has got the new token. */
function renewed(): Fields {
  const auth = encode(`openshift_shop+builder:${token()}`);
  const configuration = JSON.stringify({ auths: { 'quay.example.test': { auth } } });
  return { ...fixture.secret('builder-quay-openshift'), data: { '.dockerconfigjson': encode(configuration) } };
}

const looks = (): number =>
  quay.requests.list().filter(({ path }) => path === '/api/v1/organization/openshift_shop').length;

test('a pull secret with a token that was regenerated stays, and that costs one look', async () => {
  await regenerate();
  fixture.put(resourceTypes.secret, renewed());
  await fixture.until(() => expect(looks()).toBe(1));
  await fixture.ready(name);
  expect(login()).toBe(token());
  expect(fixture.asked).not.toContain(written);
  // From now on this is the known one.
  forget();
  fixture.put(resourceTypes.namespace, { metadata: { name: 'shop', uid: 'shop', labels: { colour: 'blue' } } });
  await fixture.pass(name);
  expect([quay.requests.list(), fixture.asked]).toEqual([[], []]);
});

test('a pull secret that was deleted after its token was regenerated comes back with the new one', async () => {
  await regenerate();
  fixture.remove(resourceTypes.secret, 'builder-quay-openshift');
  await fixture.until(() => expect(login()).toBe(token()));
  await fixture.ready(name);
  await fixture.pass(name);
  expect(looks()).toBe(1);
  expect(fixture.asked.filter((call) => call === written)).toHaveLength(1);
});

test('R2: of one that is deleted again and again Quay is asked once, and again when something else is in its place', async () => {
  for (const times of [1, 2]) {
    fixture.remove(resourceTypes.secret, 'builder-quay-openshift');
    await fixture.until(() => expect(fixture.asked.filter((call) => call === written)).toHaveLength(times));
    await fixture.ready(name);
  }
  expect(looks()).toBe(1);
  await regenerate();
  fixture.put(resourceTypes.secret, renewed());
  await fixture.until(() => expect(looks()).toBe(1));
  await fixture.ready(name);
  expect(login()).toBe(token());
  expect(fixture.asked).not.toContain(written);
});

test('it stays as well when the document changes in the same moment', async () => {
  await regenerate();
  fixture.put(resourceTypes.secret, renewed());
  fixture.state(name, { ...spec, repositories: [{ name: 'web', source: 'ImageStream' }] });
  await fixture.until(() => expect(fixture.status(name).repositories).toBe(1));
  await fixture.ready(name);
  expect(login()).toBe(token());
  expect(fixture.asked).not.toContain(written);
});

test('a new repository alone costs one write, and no look into a Secret', async () => {
  fixture.state(name, { ...spec, repositories: [{ name: 'web', source: 'ImageStream' }] });
  await fixture.until(() => expect(fixture.status(name).repositories).toBe(1));
  await fixture.ready(name);
  expect(quay.requests.writes()).toHaveLength(1);
  expect(fixture.asked.filter((call) => call.includes('secrets'))).toEqual([]);
});
