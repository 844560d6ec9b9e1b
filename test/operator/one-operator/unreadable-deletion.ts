import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Harness, organizationsPath } from '../../fixtures/operator/harness.js';
import { conditionOf } from '../../fixtures/operator/objects.js';
import { cluster } from './cluster.js';

describe('an object that goes and cannot be read', () => {
  let harness: Harness;

  beforeEach(async () => {
    // What is to be deleted is held, so that the object becomes unreadable while it waits for its deletion.
    harness = await Harness.open(cluster, { spec: { deletionLimit: 0 } });
    await harness.projects(['a', 'b'], ['web']);
    await harness.ready(['a', 'b']);
    await cluster.delete('namespace', ...['a', 'b'].map((name) => harness.namespace(name)));
    await until(async () => expect((await harness.integration()).status?.held?.organizations?.names).toHaveLength(2));
    await makeUnreadable('a');
  });
  afterEach(async () => harness.close());

  const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
  const pathOf = (name: string): string => `${organizationsPath}/${harness.id}.${harness.namespace(name)}`;
  const write = (name: string, email: string | null): Promise<void> => cluster.merge(pathOf(name), { spec: { email } });

  const crd = 'quayorganizations.quayside.dev';
  const leastLength = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/email/minLength';

  /** Leaves behind what an older definition, with fewer rules, let through. */
  async function makeUnreadable(name: string): Promise<void> {
    await patchCrd({ op: 'remove', path: leastLength });
    await until(() => write(name, 'x'));
    await patchCrd({ op: 'add', path: leastLength, value: 3 });
    // A value that was let through is never refused again: each try has another one.
    let tries = 0;
    await until(async () =>
      expect(write(name, 'abcdefghijklmnopqrstuvw'.charAt((tries += 1) % 23))).rejects.toThrow('422'),
    );
  }

  async function patchCrd(step: object): Promise<void> {
    const patch = ['--type=json', '-p', JSON.stringify([step])];
    await cluster.plane.kubectl(['patch', 'customresourcedefinition', crd, ...patch]);
  }

  const saysWhy = async (): Promise<void> =>
    until(async () => {
      const ready = conditionOf(await harness.object('a'), 'Ready');
      expect(ready).toMatchObject({ status: 'False', reason: 'InvalidInput' });
      expect(ready.message).toMatch(/correct its spec/);
    });

  test('an object that goes and cannot be read any more says so, keeps no other back, and goes by the rules once it is corrected', async () => {
    await saysWhy();
    await harness.edit({ deletionLimit: 10 });
    await until(async () => expect(await harness.hasObject('b')).toBe(false));
    expect(harness.organizations()).toEqual([harness.organization('a')]);
    expect((await harness.object('a')).metadata.finalizers).toHaveLength(1);
    await saysWhy();

    await write('a', null);
    await until(async () => expect(await harness.hasObject('a')).toBe(false));
    expect(harness.deletes()).toEqual(['b', 'a'].map((name) => `/api/v1/organization/${harness.organization(name)}`));
  });

  test('a deleted object that cannot be read is released with its integration, and Quay is not changed', async () => {
    await saysWhy();
    await cluster.delete('quayintegrations.quay.redhat.com', harness.id);
    await until(async () => expect(await harness.hasObject('a')).toBe(false));
    await until(async () =>
      expect(await cluster.events(`${harness.id}.${harness.namespace('a')}`)).toContainEqual(
        expect.stringContaining('Released'),
      ),
    );
    expect(harness.deletes()).toEqual([]);
    expect(harness.organizations()).toHaveLength(2);
  });
});
