import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Bridge, organizationsPath } from './harness.js';
import { Cluster } from './cluster.js';
import { conditionOf } from './objects.js';

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
beforeEach(async () => {
  // What is to be deleted is held, so that the object becomes unreadable while it waits for its deletion.
  bridge = await Bridge.open(cluster, { spec: { deletionLimit: 0 } });
  await bridge.projects(['a', 'b'], ['web']);
  await bridge.ready(['a', 'b']);
  await cluster.delete('namespace', ...['a', 'b'].map((name) => bridge.namespace(name)));
  await until(async () => expect((await bridge.integration()).status?.held?.organizations?.names).toHaveLength(2));
  await makeUnreadable('a');
});
afterEach(async () => bridge.close());
afterAll(async () => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const pathOf = (name: string): string => `${organizationsPath}/${bridge.id}.${bridge.namespace(name)}`;
const write = (name: string, email: string | null): Promise<void> => cluster.merge(pathOf(name), { spec: { email } });

const definition = 'quayorganizations.quayside.dev';
const leastLength = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/email/minLength';

/** Leaves behind what an older definition, with fewer rules, let through. */
async function makeUnreadable(name: string): Promise<void> {
  await patchDefinition({ op: 'remove', path: leastLength });
  await until(() => write(name, 'x'));
  await patchDefinition({ op: 'add', path: leastLength, value: 3 });
  await until(async () => expect(write(name, 'y')).rejects.toThrow('422'));
}

async function patchDefinition(step: object): Promise<void> {
  const patch = ['--type=json', '-p', JSON.stringify([step])];
  await cluster.plane.kubectl(['patch', 'customresourcedefinition', definition, ...patch]);
}

const saysWhy = async (): Promise<void> =>
  until(async () => {
    const ready = conditionOf(await bridge.object('a'), 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'InvalidInput' });
    expect(ready.message).toMatch(/correct its spec/);
  });

test('an object that goes and cannot be read any more says so, keeps no other back, and goes by the rules once it is corrected', async () => {
  await saysWhy();
  await bridge.edit({ deletionLimit: 10 });
  await until(async () => expect(await bridge.hasObject('b')).toBe(false));
  expect(bridge.organizations()).toEqual([bridge.organization('a')]);
  expect((await bridge.object('a')).metadata.finalizers).toHaveLength(1);
  await saysWhy();

  await write('a', null);
  await until(async () => expect(await bridge.hasObject('a')).toBe(false));
  expect(bridge.deletes()).toEqual(['b', 'a'].map((name) => `/api/v1/organization/${bridge.organization(name)}`));
});

test('an object that goes and cannot be read any more is let go with its integration, and Quay is left alone', async () => {
  await saysWhy();
  await cluster.delete('quayintegrations.quay.redhat.com', bridge.id);
  await until(async () => expect(await bridge.hasObject('a')).toBe(false));
  await until(async () =>
    expect(await cluster.events(`${bridge.id}.${bridge.namespace('a')}`)).toContainEqual(
      expect.stringContaining('Released'),
    ),
  );
  expect(bridge.deletes()).toEqual([]);
  expect(bridge.organizations()).toHaveLength(2);
});
