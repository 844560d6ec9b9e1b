import { afterEach, expect, test } from '@jest/globals';
import { type EventInput, resourceTypes } from '../../src/kube/index.js';
import { createNamespaces } from '../../src/operator/namespaces.js';
import { reportOf } from '../../src/operator/git/report.js';
import { integrationStatus } from '../../src/operator/status/integration-status.js';
import { type Declared } from '../../src/pipeline/organization-pass.js';
import { integration } from '../fixtures/builds/followed.js';
import { cluster as clusterOf, namespace as record, rendered } from '../fixtures/snapshot.js';
import { eventually } from '../support/eventually.js';
import { fakeClock } from '../support/fake-clock.js';
import { inMemoryCluster } from '../support/in-memory-cluster.js';
import { operatorInMemory } from '../operator/operator-in-memory.js';

const described = { 'openshift.io/display-name': '', 'openshift.io/description': '' };
const complete = { ...described, 'openshift.io/sa.scc.mcs': 's0:c26,c15' };

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start() {
  const cluster = inMemoryCluster(resourceTypes.namespace);
  const put = (name: string, annotations: object): void =>
    cluster.put(resourceTypes.namespace, { metadata: { name, uid: name, annotations } });
  const events: EventInput[] = [];
  const operator = { ...operatorInMemory(cluster.client), recordEvent: (event: EventInput) => void events.push(event) };
  const clock = fakeClock();
  const integrations = {
    readable: () => [integration({ denylistNamespaces: ['denied'] })],
    areAllReadable: () => true,
    report: () => undefined,
    onChange: () => undefined,
  };
  const { queue, start: begin } = createNamespaces(operator, integrations, { clock });
  closing.push(
    () => queue.drain(0),
    () => operator.watches.stop(),
  );
  operator.watches.namespaces.start();
  await operator.watches.namespaces.filled();
  begin();
  const seen = async (name: string, annotations: object): Promise<void> => {
    put(name, annotations);
    await eventually(() => {
      const found = operator.watches.namespaces.cache.get(name)?.annotations;
      expect(found).toEqual(annotations);
      expect(queue.counts()).toMatchObject({ event: 0, active: 0 });
    });
  };
  return {
    seen,
    clock,
    notes: () => events.map(({ reason, regarding, note }) => `${reason} ${regarding.name}: ${note}`),
  };
}

test('R38 a project that OpenShift does not set up gets one Event after a minute, and none before', async () => {
  const { seen, clock, notes } = await start();
  await seen('stuck', described);
  await seen('denied', described);
  await seen('whole', complete);
  await seen('plain', {});
  await clock.pass(59_000);
  expect(notes()).toEqual([]);
  await clock.pass(2_000);
  expect(notes()).toEqual([expect.stringMatching(/^NamespaceNotReady stuck: .*openshift\.io\/sa\.scc\.mcs/)]);
  // Told once, also when something else about it changes.
  await seen('stuck', { ...described, colour: 'blue' });
  await clock.pass(600_000);
  expect(notes()).toHaveLength(1);
});

test('R38 a project that is set up a moment later is never told, and one that loses it again waits anew', async () => {
  const { seen, clock, notes } = await start();
  await seen('shop', described);
  await clock.pass(30_000);
  await seen('shop', complete);
  await clock.pass(600_000);
  expect(notes()).toEqual([]);
  await seen('shop', described);
  await clock.pass(59_000);
  expect(notes()).toEqual([]);
  await clock.pass(2_000);
  expect(notes()).toHaveLength(1);
});

test('R38 the status counts the projects that wait, and names them', () => {
  const statusFor = (...names: readonly string[]) => {
    const waiting = names.map((name) => record(name, { annotations: described }));
    const rendering = rendered({ cluster: clusterOf([record('shop', { annotations: complete }), ...waiting]) });
    const pass = { rendered: { organizations: { rendering } }, git: { kept: [] } } as unknown as Declared['pass'];
    const reported = reportOf(
      { pass, problems: [], documents: [], withheld: new Set(), complete: true, onlyGrow: false },
      { refused: [], reports: [] },
    );
    return integrationStatus({
      reported,
      summary: { organizations: 1, ready: 1, faults: [] },
      generation: 1,
      before: undefined,
      now: new Date(0),
    });
  };
  const status = statusFor('one', 'two');
  expect(status.waitingNamespaces).toBe(2);
  expect(status.conditions).toContainEqual(
    expect.objectContaining({
      type: 'NamespacesWaiting',
      status: 'True',
      reason: 'NamespaceNotReady',
      message: expect.stringContaining('one, two'),
    }),
  );
  expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
  expect(statusFor()).not.toHaveProperty('waitingNamespaces');
  expect(statusFor().conditions?.map(({ type }) => type)).toEqual(['Ready']);
});
