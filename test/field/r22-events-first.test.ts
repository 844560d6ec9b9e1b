import { afterEach, describe, expect, test } from '@jest/globals';
import { startSimulator } from '@quayside/simulator';
import { type QuayIntegration } from '../../src/api/index.js';
import { createSchedule } from '../../src/kube/queue/schedule.js';
import { connectQuay, nothingMore } from '../../src/quay/index.js';
import { document } from '../fixtures/playground.js';
import { type Fixture, openFixture, specOf } from '../operator/organizations/fixture.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const many = Array.from({ length: 12 }, (_, at) => `project-${at}`);
const objectOf = (project: string): string => `openshift.${project}`;

/** An operator with many organizations, each as it should be. */
async function settled(): Promise<Fixture> {
  const fixture = await openFixture();
  closing.push(() => fixture.close());
  for (const project of many) {
    const { namespace: _, ...spec } = document(project).spec;
    fixture.state(objectOf(project), spec);
  }
  for (const project of many) await fixture.ready(objectOf(project));
  requestsOf(fixture).reset();
  return fixture;
}

function requestsOf(fixture: Fixture) {
  const [quay] = fixture.quays.values();
  if (quay === undefined) throw new Error('there is no Quay');
  return quay.requests;
}

/** Another spec of the integration, as its controller announces it. */
function edit(fixture: Fixture, spec: Partial<QuayIntegration['spec']>): void {
  const integration = fixture.known.get('quay')?.integration;
  if (integration === undefined) throw new Error('there is no integration');
  fixture.connect('quay', { integration: { ...integration, spec: { ...integration.spec, ...spec } } });
}

const organizationsIn = (fixture: Fixture): readonly string[] => [
  ...new Set(
    requestsOf(fixture)
      .list()
      .flatMap(({ path }) => /\/organization\/(\w[\w.-]*)/.exec(path)?.[1] ?? []),
  ),
];

describe('R22 an edit of the integration', () => {
  test('R22 a new project goes before all that is looked at again since the integration was edited', async () => {
    const fixture = await settled();
    edit(fixture, { adoption: 'Always' });
    fixture.state(objectOf('shop'), specOf());
    await fixture.ready(objectOf('shop'));
    for (const project of many) await fixture.ready(objectOf(project));
    const order = organizationsIn(fixture);
    expect(order).toHaveLength(many.length + 1);
    // One worker may have begun with another before the project came.
    expect(order.indexOf('openshift_shop')).toBeLessThanOrEqual(1);
  });

  test.each<[string, Partial<QuayIntegration['spec']>]>([
    ['interval', { interval: '1h' }],
    ['deletionLimit', { deletionLimit: 3 }],
    ['scheduledImageStreamImport', { scheduledImageStreamImport: true }],
  ])('R22 %s, which cannot matter to Quay, re-reads nothing', async (_, spec) => {
    const fixture = await settled();
    // The first announcement is that the integration is there.
    edit(fixture, {});
    await fixture.until(() => expect(organizationsIn(fixture)).toHaveLength(many.length));
    for (const project of many) await fixture.ready(objectOf(project));
    requestsOf(fixture).reset();
    edit(fixture, spec);
    expect(fixture.organizations.isIdle()).toBe(true);
    expect(requestsOf(fixture).list()).toEqual([]);
    // A sibling that does matter.
    edit(fixture, { ...spec, organizationEmail: 'quay@example.com' });
    await fixture.until(() => expect(organizationsIn(fixture)).toHaveLength(many.length));
  });
});

test('R22 events go before what is looked at again, and that before the resync; some workers are kept for events', () => {
  const schedule = createSchedule();
  schedule.add('resync', 'resync', 0);
  schedule.add('again', 'refresh', 0);
  schedule.add('both', 'refresh', 0);
  schedule.add('new', 'event', 0);
  schedule.add('both', 'event', 0);
  schedule.add('new', 'resync', 0);
  const taken = [1, 2, 3, 4].map(() => schedule.take(0)?.key);
  expect(taken).toEqual(['new', 'both', 'again', 'resync']);
  schedule.add('more', 'refresh', 0);
  expect(schedule.take(0, false)).toBeUndefined();
  schedule.add('event', 'event', 0);
  expect(schedule.take(0, false)).toMatchObject({ key: 'event' });
});

test('R22 what is looked at again does not wait longer for a failure than an event would', () => {
  const schedule = createSchedule();
  schedule.add('a', 'event', 0);
  schedule.take(0);
  schedule.end('a', { kind: 'Failed', milliseconds: 60_000, atLeast: 500 }, 0);
  schedule.add('a', 'resync', 1_000);
  expect(schedule.take(1_000)).toBeUndefined();
  schedule.add('a', 'refresh', 1_000);
  expect(schedule.take(1_000)).toMatchObject({ key: 'a', priority: 'refresh' });
});

test('R22 a call of an event is the next one, however many others wait for the limit of calls', async () => {
  const simulator = await startSimulator();
  let clock = 0;
  const quay = connectQuay({
    url: simulator.url,
    token: () => simulator.credentials.superuser ?? '',
    callsPerSecond: 5,
    now: () => clock,
    delay: async (milliseconds) => {
      // Others may come while this one waits.
      await new Promise((resolve) => setImmediate(resolve));
      clock += milliseconds;
    },
  });
  closing.push(
    () => quay.close(),
    () => simulator.close(),
  );
  const background = quay.inBackground();
  const looks = many.map((name) => background.observe(name, nothingMore));
  await quay.observe('event', nothingMore);
  await Promise.all(looks);
  const order = simulator.requests.list().map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  expect(order).toHaveLength(many.length + 1);
  expect(order.indexOf('event')).toBeLessThanOrEqual(2);
});
