import { afterEach, expect, test } from '@jest/globals';
import { type FaultRule, type SimulatorOptions } from '@quayside/simulator';
import { resourceTypes } from '../../../src/kube/index.js';
import { document } from '../../fixtures/playground.js';
import { type Fixture, openFixture } from './fixture.js';
import { askedOf, callAsAdmin, organizationsIn, silenceLog } from './quay-calls.js';

const projects = Array.from({ length: 6 }, (_, at) => `p-${at}`);
const objectOf = (project: string): string => `openshift.${project}`;
const nameOf = (project: string): string => `openshift_${project}`;

let fixture: Fixture;
afterEach(async () => fixture.close());

const day = 86_400_000;

/** An operator at rest: all organizations were made the day before, and its rounds have begun. */
async function atRest(spec: object, options: SimulatorOptions = {}): Promise<void> {
  let behind = day;
  fixture = await openFixture(['quay'], { ...options, clock: () => new Date(Date.now() - behind) });
  const { integration } = fixture.known.get('quay') ?? {};
  if (integration === undefined) throw new Error('there is no integration');
  fixture.connect('quay', { integration: { ...integration, spec: { ...integration.spec, interval: '1s', ...spec } } });
  for (const project of projects) {
    fixture.put(resourceTypes.namespace, { metadata: { name: project, uid: project } });
    fixture.state(objectOf(project), document(project, [], {}).spec);
  }
  for (const project of projects) await fixture.ready(objectOf(project));
  behind = 0;
  fixture.rounds.start();
}

const quay = () => {
  const [only] = fixture.quays.values();
  if (only === undefined) throw new Error('there is no Quay');
  return only;
};
/** Waits for so many rounds from their beginning, and gives what Quay was asked meanwhile. */
async function during(rounds: number): Promise<readonly string[]> {
  const before = fixture.rounds.rounds();
  await fixture.until(() => expect(fixture.rounds.rounds()).toBeGreaterThan(before));
  quay().requests.reset();
  await fixture.until(() => expect(fixture.rounds.rounds()).toBeGreaterThan(before + rounds));
  return askedOf(quay());
}
/** Until every organization was read since now. */
async function everyOneIsRead(): Promise<readonly string[]> {
  quay().requests.reset();
  const asked = (): readonly string[] => askedOf(quay());
  await fixture.until(() => expect(organizationsIn(asked())).toEqual([...projects.map(nameOf)].sort()));
  return asked();
}
const counts = 'GET /api/v1/superuser/aggregatelogs';

async function call(method: string, path: string, body?: object): Promise<void> {
  expect(await callAsAdmin(quay(), method, path, body)).toBeLessThan(300);
}

/** Until the feed has seen rows of our own, and nothing is read any more but the slice. */
async function trusted(): Promise<void> {
  for (let rounds = 0; rounds < 8; rounds += 1) if (organizationsIn(await during(1)).length <= 2) return;
  throw new Error('the audit log is not relied on');
}

test("with a superuser's token an operator at rest asks for counts, and reads what has changed and a slice", async () => {
  await atRest({ fullInterval: '6s' });
  await trusted();
  const asked = await during(2);
  expect(asked.filter((one) => one === counts).length).toBeLessThanOrEqual(3);
  expect(organizationsIn(asked).length).toBeLessThanOrEqual(3);
  expect(asked.every((one) => one.startsWith('GET'))).toBe(true);
  await call('DELETE', `/organization/${nameOf('p-3')}/robots/default`);
  await fixture.until(() => expect(fixture.status(objectOf('p-3')).drift?.found).toBeGreaterThan(0));
  // What the log does not show: a quota by a route of superusers alone.
  await call('POST', `/superuser/organization/${nameOf('p-5')}/quota`, { limit_bytes: 1_000_000 });
  await everyOneIsRead();
});

test('while the audit log cannot be read, every organization is, and the integration says why', async () => {
  await atRest({ fullInterval: '6h' });
  await trusted();
  const fault: FaultRule = { path: 'aggregatelogs', status: 500, times: 1000 };
  quay().faults.inject(fault);
  await everyOneIsRead();
  expect(fixture.auditLog()).toMatch(/^it cannot be read: /);
  quay().faults.clear();
  await trusted();
  expect(fixture.auditLog()).toBeUndefined();
});

test("without a superuser's token every organization is read in each interval, and no log is asked for", async () => {
  const scopes = ['org:admin', 'repo:admin', 'repo:create', 'user:admin', 'user:read'];
  const users = [{ name: 'dev', email: 'dev@example.com' }];
  await atRest({ fullInterval: '6h' }, { fixtures: { users, credentials: { superuser: { owner: 'dev', scopes } } } });
  // In the first look, and again in the next interval.
  const asked = [...(await everyOneIsRead()), ...(await everyOneIsRead())];
  expect(asked.filter((one) => one.includes('superuser'))).toEqual([]);
});

/** Waits until the slice has read an organization that it will not read again for some rounds, and two rounds more. */
async function readLongerAgo(): Promise<string> {
  const [first] = organizationsIn(await during(1));
  if (first === undefined) throw new Error('the slice read nothing');
  await during(1);
  return first.replace('openshift_', '');
}

test('a log that shows nothing does not answer whose an organization is: before a write it is read again', async () => {
  await atRest({ fullInterval: '6h' });
  await trusted();
  await silenceLog(quay());
  const project = await readLongerAgo();
  await call('PUT', `/organization/${nameOf(project)}/team/quayside`, {
    role: 'member',
    description: 'of somebody else',
  });
  quay().requests.reset();
  fixture.state(objectOf(project), document(project, ['web']).spec);
  await fixture.ready(objectOf(project), { status: 'False' });
  expect(quay().requests.writes()).toEqual([]);
});

test('an organization that is read once more because of our own rows has not drifted', async () => {
  await atRest({ fullInterval: '6h' });
  await trusted();
  const project = await readLongerAgo();
  fixture.state(objectOf(project), document(project, ['web']).spec);
  await fixture.ready(objectOf(project));
  quay().requests.reset();
  const written = quay().requests.writes().length;
  const read = (): readonly string[] => organizationsIn(askedOf(quay()));
  await fixture.until(() => expect(read()).toContain(nameOf(project)));
  await during(1);
  expect(quay().requests.writes()).toHaveLength(written);
  expect(fixture.status(objectOf(project))).not.toHaveProperty('drift');
  expect(fixture.events.filter(({ reason }) => reason === 'DriftCorrected')).toEqual([]);
});

test('a log that shows nothing does not answer whether an organization may be deleted: that is read twice, right then', async () => {
  await atRest({ fullInterval: '6h' });
  await trusted();
  await silenceLog(quay());
  fixture.put(resourceTypes.quayIntegration, { metadata: { name: 'quay' } });
  const [ours, foreign] = [await readLongerAgo(), await readLongerAgo()];
  expect(foreign).not.toBe(ours);
  await call('PUT', `/organization/${nameOf(foreign)}/team/quayside`, {
    role: 'member',
    description: 'of somebody else',
  });
  for (const project of [ours, foreign]) fixture.remove(resourceTypes.namespace, project);
  quay().requests.reset();
  for (const project of [foreign, ours]) await fixture.guard(objectOf(project));
  const { namespaces } = quay().snapshot();
  expect([foreign, ours].map((project) => namespaces.has(nameOf(project)))).toEqual([true, false]);
  const asked = askedOf(quay());
  expect(asked.filter((one) => one === `GET /api/v1/organization/${nameOf(ours)}`).length).toBeGreaterThanOrEqual(2);
});
