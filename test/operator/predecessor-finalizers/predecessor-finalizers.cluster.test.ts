import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type NamespaceRecord, type QuayIntegration } from '../../../src/api/index.js';
import {
  type KubeClient,
  namespaceRecord,
  type EventInput,
  readObject,
  resourceTypes,
} from '../../../src/kube/index.js';
import {
  type FinalizerFacts,
  predecessorFinalizerStep,
  removePredecessorFinalizers,
} from '../../../src/predecessors/index.js';
import { type SharedControlPlane } from '../../control-plane/control-plane.js';
import { eventually } from '../../support/eventually.js';
import { createNamespace } from '../../control-plane/namespace.js';
import { sharedControlPlane } from '../../control-plane/shared.js';
import { clientAt } from '../../support/client-at.js';

let controlPlane: SharedControlPlane;
let client: KubeClient;
let name: string;
/** One namespace for each scenario, all of them being deleted together: that takes some seconds. */
let going: readonly string[];
let events: EventInput[];

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  client = clientAt(controlPlane.kubeconfig, 'finalizer-test');
});
afterAll(() => client.close());
beforeEach(() => {
  events = [];
});

const hold = (...finalizers: readonly string[]): Promise<void> =>
  controlPlane.edits.patch(['namespace', name], { metadata: { finalizers } });
const read = async (): Promise<NamespaceRecord | undefined> => {
  const live = await readObject(client, resourceTypes.namespace, { name });
  return live === undefined ? undefined : namespaceRecord(live);
};
const known = async (): Promise<NamespaceRecord> => {
  const record = await read();
  if (record === undefined) throw new Error(`there is no namespace ${name}`);
  return record;
};
const quay = { metadata: { name: 'quay' }, spec: { suspend: false } } as QuayIntegration;
/** Looks at the namespace once, as the operator does whenever something has changed. */
const look = async (facts: Omit<FinalizerFacts, 'namespace'>): Promise<string> => {
  const namespace = await known();
  const step = predecessorFinalizerStep({ namespace, ...facts });
  if (step === 'Remove')
    await removePredecessorFinalizers(client, namespace, (recordEvent) => void events.push(recordEvent));
  return step;
};
const isGone = (): Promise<void> => eventually(async () => expect(await read()).toBeUndefined());
const remove = (): Promise<void> => controlPlane.edits.delete('namespace', name);

const scenarios: readonly (readonly [string, Omit<FinalizerFacts, 'namespace'>])[] = [
  ['whose integration was deleted', { integrations: { known: true, items: [] }, selectedBy: undefined }],
  ['that the lists now deny', { integrations: { known: true, items: [quay] }, selectedBy: undefined }],
  // Neither a token nor an answer of Quay is asked for.
  ['whose integration has no credentials', { integrations: { known: true, items: [quay] }, selectedBy: 'quay' }],
  ['whose Quay is down', { integrations: { known: true, items: [quay] }, selectedBy: 'quay' }],
];

describe('Q19: a namespace that carries a finalizer of a predecessor', () => {
  beforeAll(async () => {
    going = await Promise.all([...scenarios, 'suspended'].map(() => createNamespace(controlPlane, 'held')));
    for (name of going) {
      await hold('quay.redhat.com/quayintegrations', 'redhatcop.redhat.io/quayintegrations');
      await remove();
    }
  });

  test.each(scenarios.map(([words, facts], at) => [words, facts, at] as const))(
    '%s goes when it is deleted',
    async (_, facts, at) => {
      name = going[at] ?? '';
      expect(await look(facts)).toBe('Remove');
      await isGone();
      expect(events).toMatchObject([
        { type: 'Normal', reason: 'FinalizerRemoved', regarding: { kind: 'Namespace', name, uid: expect.any(String) } },
      ]);
      expect(events[0]?.note).toContain('quay.redhat.com/quayintegrations and redhatcop.redhat.io/quayintegrations');
    },
  );

  test('and was released before is deleted without the operator', async () => {
    name = await createNamespace(controlPlane, 'held');
    await hold('quay.redhat.com/quayintegrations');
    expect(await look({ integrations: { known: true, items: [quay] }, selectedBy: undefined })).toBe('Remove');
    expect((await known()).finalizers).toEqual([]);
    expect(events).toEqual([]);
    await remove();
    await isGone();
  });

  test('keeps it while its integration is suspended, and goes after that', async () => {
    name = going.at(-1) ?? '';
    const suspended = { ...quay, spec: { ...quay.spec, suspend: true } };
    expect(await look({ integrations: { known: true, items: [suspended] }, selectedBy: 'quay' })).toBe('Keep');
    expect((await known()).finalizers).toHaveLength(2);
    expect(await look({ integrations: { known: true, items: [quay] }, selectedBy: 'quay' })).toBe('Remove');
    await isGone();
  });
});

test("others' finalizers stay", async () => {
  name = await createNamespace(controlPlane, 'held');
  await hold('example.com/theirs', 'quay.redhat.com/quayintegrations', 'example.com/also-theirs');
  await removePredecessorFinalizers(client, await known());
  expect((await known()).finalizers).toEqual(['example.com/theirs', 'example.com/also-theirs']);
  await hold();
});

test('a namespace that was made again under the name is another one', async () => {
  name = await createNamespace(controlPlane, 'held');
  await hold('quay.redhat.com/quayintegrations');
  expect(await removePredecessorFinalizers(client, { ...(await known()), uid: 'of-the-one-before' })).toBe('Unchanged');
  expect((await known()).finalizers).toHaveLength(1);
  expect(await removePredecessorFinalizers(client, await known())).toBe('Changed');
  expect(await removePredecessorFinalizers(client, { ...(await known()), name: `${name}-not` })).toBe('Gone');
});
