import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClusterFacts } from '../../src/converge/index.js';
import { document, openPlayground, type Playground } from '../fixtures/playground.js';

const organization = 'openshift_demo';
const demo = document('demo', ['web']);

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground();
  await playground.converge([demo]);
});
afterEach(() => playground.close());

/** Who may do what on a repository, as Quay holds it. */
function rightsOn(repository: string): Readonly<Record<string, string>> {
  const found = playground.simulator.snapshot().namespaces.get(organization);
  const robots = [...(found?.robots.values() ?? [])];
  const grants = robots.flatMap(({ name, permissions }) =>
    [...permissions].flatMap(([{ name: on }, role]) => (on === repository ? [[name, role] as const] : [])),
  );
  return Object.fromEntries(grants);
}

const everybody = {
  'openshift_demo+builder': 'write',
  'openshift_demo+default': 'read',
  'openshift_demo+deployer': 'read',
};

describe('Q31 robots have their rights on repositories that exist already', () => {
  test('Q31 one that was there before its robots and their default permissions', async () => {
    const bare = document('demo', ['web', 'older'], { robots: [] });
    await playground.converge([bare]);
    expect(rightsOn('older')).toEqual({});
    await playground.converge([document('demo', ['web', 'older'])]);
    expect(rightsOn('older')).toEqual(everybody);
  });

  test('Q31 one that somebody made by hand after an image stream was announced', async () => {
    await playground.quay.apply(organization, { type: 'DeleteRepository', repository: 'web' }, () => '');
    for (const robot of ['builder', 'default', 'deployer'])
      await playground.quay.apply(organization, { type: 'DeleteRobot', robot }, () => '');
    await playground.quay.apply(
      organization,
      { type: 'CreateRepository', repository: 'web', visibility: 'private', description: '' },
      () => '',
    );
    await playground.converge([demo]);
    expect(rightsOn('web')).toEqual(everybody);
  });
});

describe('Q34 what changes afterwards is noticed', () => {
  const heals: [string, () => Promise<unknown>][] = [
    ['a robot that was deleted', () => gone({ type: 'DeleteRobot', robot: 'builder' })],
    ['a repository that was deleted', () => gone({ type: 'DeleteRepository', repository: 'web' })],
    ['the whole organization', () => gone({ type: 'DeleteOrganization' })],
  ];
  const gone = (change: Parameters<Playground['quay']['apply']>[1]) =>
    playground.quay.apply(organization, change, () => '');

  test.each(heals)('Q34 %s comes back', async (_, harm) => {
    await harm();
    playground.simulator.runGarbageCollector();
    const changes = await playground.converge([demo]);
    expect(changes.totals).toMatchObject({ failed: 0, notDone: 0 });
    expect(rightsOn('web')).toEqual(everybody);
    expect((await playground.converge([demo])).totals.planned).toBe(0);
  });

  test('Q34 a role that somebody changed is put right', async () => {
    await playground.quay.apply(
      organization,
      { type: 'SetPermission', repository: 'web', kind: 'robot', name: 'builder', role: 'admin' },
      () => '',
    );
    await playground.converge([demo]);
    expect(rightsOn('web')).toEqual(everybody);
  });

  test('Q34 an image stream that went leaves its repository, unless the policy says otherwise', async () => {
    const facts: ClusterFacts = {
      namespace: () => 'Live',
      imageStream: () => 'No',
      selectedByLists: () => 'Yes',
      selectedByLabels: () => 'Yes',
      integration: () => 'Yes',
    };
    await playground.converge([document('demo')], { facts });
    expect(Object.keys(rightsOn('web'))).toHaveLength(3);
    await playground.converge([document('demo', [], { repositoryDeletionPolicy: 'Delete' })], { facts });
    expect(rightsOn('web')).toEqual({});
  });
});
