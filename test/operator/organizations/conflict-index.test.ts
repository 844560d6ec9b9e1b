import { afterEach, expect, test } from '@jest/globals';
import { resourceTypes } from '../../../src/kube/index.js';
import { openScene, type Scene, specOf } from './fixture.js';

const { quayOrganization: organization } = resourceTypes;
let scene: Scene;
afterEach(async () => scene.close());

const only = { robots: [{ name: 'ci', role: 'read' }] };
const isConflict = (other: string): object => ({
  status: 'False',
  reason: 'Conflict',
  message: expect.stringContaining(other),
});
const robots = (of = 'quay'): readonly string[] => {
  const made = scene.quays.get(of)?.snapshot().namespaces.get('openshift_shop')?.robots.keys() ?? [];
  return [...made].map((name) => name.replace('openshift_shop+', '')).sort();
};

/** One that is in step, and another one that states the same organization. */
async function two(): Promise<void> {
  scene = await openScene();
  scene.state('openshift.shop', specOf());
  await scene.ready('openshift.shop');
  scene.quays.get('quay')?.requests.reset();
  scene.state('shop-extra', specOf(only));
  await scene.ready('shop-extra', isConflict('openshift.shop'));
  await scene.ready('openshift.shop', isConflict('shop-extra'));
}

test('two objects for one organization are both refused, and nothing is written for either', async () => {
  await two();
  expect(scene.quays.get('quay')?.requests.writes()).toEqual([]);
  expect(robots()).toEqual(['builder', 'default', 'deployer']);
});

test('when the second one goes, the first goes on', async () => {
  await two();
  scene.remove(organization, 'shop-extra');
  await scene.ready('openshift.shop');
});

test('when one is for another organization from then on, both go on', async () => {
  await two();
  scene.state('shop-extra', specOf({ ...only, name: 'openshift_extra' }));
  await scene.ready('openshift.shop');
  await scene.ready('shop-extra');
});

test('one that is being deleted is in nobody’s way', async () => {
  await two();
  scene.state('openshift.shop', specOf(), { deletionTimestamp: '2026-01-01T00:00:00Z' });
  await scene.ready('shop-extra');
});

test('the second one takes nothing away that the first one made, when the first goes', async () => {
  await two();
  scene.remove(organization, 'openshift.shop');
  await scene.ready('shop-extra');
  expect(robots()).toEqual(['builder', 'ci', 'default', 'deployer']);
});

test('in another registry an organization of the same name is another one, until its integration leads to the same', async () => {
  scene = await openScene(['quay', 'other']);
  scene.state('openshift.shop', specOf());
  scene.state('shop-extra', specOf({ ...only, integration: 'other' }));
  await scene.ready('openshift.shop');
  await scene.ready('shop-extra');
  expect(robots('other')).toEqual(['ci']);
  scene.connect('other', { host: 'quay.example.test' });
  await scene.ready('openshift.shop', isConflict('shop-extra'));
  await scene.ready('shop-extra', isConflict('openshift.shop'));
});
