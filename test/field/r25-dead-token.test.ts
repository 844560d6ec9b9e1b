import { afterEach, expect, test } from '@jest/globals';
import { type Simulator, startSimulator } from '@quayside/simulator';
import { connectQuay, nothingMore, type Quay } from '../../src/quay/index.js';
import { document } from '../fixtures/playground.js';
import { type Fixture, openFixture, specOf } from '../operator/organizations/fixture.js';

const scopes = ['org:admin', 'repo:admin', 'repo:create', 'user:admin', 'user:read'];
const fixtures = {
  users: [{ name: 'admin', superuser: true }, { name: 'eve' }],
  credentials: {
    superuser: { owner: 'admin', scopes: [...scopes, 'super:user'] },
    stranger: { owner: 'eve', scopes },
  },
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function asAdmin({ url, credentials }: Simulator, method: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${credentials.superuser}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBeLessThan(300);
}
const createOrganization = async (simulator: Simulator, name: string): Promise<void> =>
  asAdmin(simulator, 'POST', '/organization/', { name, email: `${name}@example.com` });
/** From now on no token of hers is worth anything. */
const disable = async (simulator: Simulator): Promise<void> =>
  asAdmin(simulator, 'PUT', '/superuser/users/eve', { enabled: false });

async function connect(): Promise<{ readonly simulator: Simulator; readonly quay: Quay }> {
  const simulator = await startSimulator({ fixtures });
  const quay = connectQuay({ url: simulator.url, token: () => simulator.credentials.stranger ?? '' });
  closing.push(
    () => quay.close(),
    () => simulator.close(),
  );
  await createOrganization(simulator, 'acme');
  return { simulator, quay };
}

test('R25 a token that died a moment after its owner was looked up is told as a dead token', async () => {
  const { simulator, quay } = await connect();
  expect(await quay.whoAmI()).toMatchObject({ username: 'eve' });
  expect(await quay.observe('acme', nothingMore)).toMatchObject({ state: 'Hidden' });
  await disable(simulator);
  await expect(quay.observe('acme', nothingMore)).rejects.toMatchObject({ code: 'TokenRejected' });
});

test('R25 a token that dies while an organization is looked at is told as a dead token', async () => {
  const { simulator, quay } = await connect();
  await quay.whoAmI();
  // The public side is on its way when the token dies.
  simulator.faults.inject({ path: '/organization/acme$', delayMs: 300 });
  const observing = quay.observe('acme', nothingMore);
  observing.catch(() => undefined);
  await quay.whoAmI();
  await disable(simulator);
  await expect(observing).rejects.toMatchObject({ code: 'TokenRejected' });
});

test('R25 organizations that are looked at together ask once whose token it is', async () => {
  const { simulator, quay } = await connect();
  simulator.requests.reset();
  await Promise.all([1, 2, 3].map(() => quay.observe('acme', nothingMore)));
  expect(simulator.requests.list().filter(({ path }) => path === '/api/v1/user/')).toHaveLength(1);
});

test('R25 a proof that the token is dead takes back what was said of its owner', async () => {
  const fixture: Fixture = await openFixture(['quay'], { fixtures }, 'stranger');
  closing.push(() => fixture.close());
  const [simulator] = fixture.quays.values();
  if (simulator === undefined) throw new Error('there is no Quay');
  const names = ['openshift.shop', 'openshift.other'];
  await createOrganization(simulator, 'openshift_shop');
  await createOrganization(simulator, 'openshift_other');
  fixture.state('openshift.shop', specOf());
  const { namespace: _, ...spec } = document('other').spec;
  fixture.state('openshift.other', spec);
  for (const name of names) await fixture.ready(name, { status: 'False', reason: 'NotOrganizationAdmin' });
  await disable(simulator);
  // Only one of them is looked at, and it is enough.
  fixture.resync('openshift.shop');
  for (const name of names) await fixture.ready(name, { status: 'False', reason: 'TokenRejected' });
});
