import { afterEach, expect, test } from '@jest/globals';
import { resourceTypes } from '../../../src/kube/index.js';
import { eventually } from '../../support/eventually.js';
import { openFixture, type Fixture, specOf } from './fixture.js';

const { quayOrganization: organization } = resourceTypes;
let fixture: Fixture;
afterEach(async () => fixture.close());

const only = { robots: [{ name: 'ci', role: 'read' }] };
const isConflict = (other: string): object => ({
  status: 'False',
  reason: 'Conflict',
  message: expect.stringContaining(other),
});
const robots = (of = 'quay'): readonly string[] => {
  const made = fixture.quays.get(of)?.snapshot().namespaces.get('openshift_shop')?.robots.keys() ?? [];
  return [...made].map((name) => name.replace('openshift_shop+', '')).sort();
};

/** One that is in sync, and another one that states the same organization. */
async function two(): Promise<void> {
  fixture = await openFixture();
  fixture.state('openshift.shop', specOf());
  await fixture.ready('openshift.shop');
  fixture.quays.get('quay')?.requests.reset();
  fixture.state('shop-extra', specOf(only));
  await fixture.ready('shop-extra', isConflict('openshift.shop'));
}

test('S22 a newcomer that declares an organization of another object is refused, and that one goes on', async () => {
  await two();
  expect(fixture.quays.get('quay')?.requests.writes()).toEqual([]);
  expect(robots()).toEqual(['builder', 'default', 'deployer']);
  fixture.state('openshift.shop', specOf({ robots: [{ name: 'late', role: 'read' }] }));
  await eventually(() => expect(robots()).toContain('late'));
  await fixture.ready('openshift.shop');
});

test('S22 an older object that is edited to declare it is a newcomer as well', async () => {
  fixture = await openFixture();
  fixture.state('a-first', specOf({ ...only, name: 'openshift_first' }));
  await fixture.ready('a-first');
  fixture.state('openshift.shop', specOf());
  await fixture.ready('openshift.shop');
  fixture.state('a-first', specOf(only));
  await fixture.ready('a-first', isConflict('openshift.shop'));
  expect(robots()).toEqual(['builder', 'default', 'deployer']);
});

test('S22 an older claim that can never be applied keeps nobody away', async () => {
  fixture = await openFixture();
  const pullSecret = { name: 'stolen', serviceAccount: 'default' };
  fixture.state('a-claim', specOf({ robots: [{ name: 'builder', role: 'write', pullSecret }] }));
  await fixture.ready('a-claim', { status: 'False', reason: 'DocumentInvalid' });
  fixture.state('openshift.shop', specOf());
  await fixture.ready('openshift.shop');
  await fixture.ready('a-claim', { status: 'False' });
});

test('the second object gets the organization when the first is deleted', async () => {
  await two();
  fixture.remove(organization, 'openshift.shop');
  await fixture.ready('shop-extra');
});

test('both objects continue when one changes to another organization', async () => {
  await two();
  fixture.state('shop-extra', specOf({ ...only, name: 'openshift_extra' }));
  await fixture.ready('openshift.shop');
  await fixture.ready('shop-extra');
});

test('an object that is being deleted does not conflict', async () => {
  await two();
  fixture.state('openshift.shop', specOf(), { deletionTimestamp: '2026-01-01T00:00:00Z' });
  await fixture.ready('shop-extra');
});

test('the second one takes nothing away that the first one made, when the first goes', async () => {
  await two();
  fixture.remove(organization, 'openshift.shop');
  await fixture.ready('shop-extra');
  expect(robots()).toEqual(['builder', 'ci', 'default', 'deployer']);
});

test('in another registry an organization of the same name is another one, until its integration leads to the same', async () => {
  fixture = await openFixture(['quay', 'other']);
  fixture.state('openshift.shop', specOf());
  fixture.state('shop-extra', specOf({ ...only, integration: 'other' }));
  await fixture.ready('openshift.shop');
  await fixture.ready('shop-extra');
  expect(robots('other')).toEqual(['ci']);
  fixture.connect('other', { host: 'quay.example.test' });
  await fixture.ready('shop-extra', isConflict('openshift.shop'));
  await fixture.ready('openshift.shop');
});
