import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { organizationFinalizer } from '../../src/api/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import { type Fixture, openFixture, specOf } from '../operator/organizations/fixture.js';

const name = 'openshift.shop';
const organization = 'openshift_shop';
const pullSecret = { name: 'builder-quay-openshift', serviceAccount: 'builder' };
const spec = specOf({ robots: [{ name: 'builder', role: 'write', pullSecret }] });

let fixture: Fixture;
beforeEach(async () => {
  fixture = await openFixture();
});
afterEach(() => fixture.close());

test('S5: a status that says of its origin and registry what it likes takes nothing over when the operator starts', async () => {
  const [quay] = [...fixture.quays.values()];
  const known = fixture.known.get('quay');
  await known?.quay.value?.apply(organization, { type: 'CreateOrganization' }, () => '');
  await known?.quay.value?.apply(organization, { type: 'CreateRobot', robot: 'builder', description: '' }, () => '');
  quay?.requests.reset();
  fixture.put(resourceTypes.quayOrganization, {
    metadata: { name, uid: name, generation: 1, finalizers: [organizationFinalizer] },
    spec,
    status: {
      registry: known?.host,
      origin: 'created',
      inventory: ['robot/builder', 'role/builder'],
      observedGeneration: 1,
      conditions: [{ type: 'Ready', status: 'True', reason: 'Synced', message: '', lastTransitionTime: '' }],
    },
  });
  await fixture.ready(name, { status: 'False', reason: 'OrganizationNotOurs' });
  expect(quay?.requests.writes()).toEqual([]);
  expect(fixture.secret(pullSecret.name)).toBeUndefined();
});
