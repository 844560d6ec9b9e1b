import { expect, test } from '@jest/globals';
import { syncLabel } from '../../src/api/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import {
  liveOrganizationObject,
  organizationKey,
  organizationObject,
  organizationTraits,
} from '../../src/pipeline/organization-objects.js';
import { applySetId, partOfLabel } from '../../src/sync/index.js';
import { decideApplies } from '../../src/sync/decide.js';
import { document } from '../fixtures/playground.js';

const shop = document('shop');
const setOf = (name: string): string => applySetId({ type: resourceTypes.quayIntegration, named: { name } });

test.each([
  ['an integration of another name', { [syncLabel]: 'old', [partOfLabel]: setOf('old') }, 'written'],
  [
    'an integration of the version of the predecessor',
    {
      [syncLabel]: 'quay',
      [partOfLabel]: applySetId({ type: resourceTypes.predecessorIntegration, named: { name: 'quay' } }),
    },
    'written',
  ],
  ['nobody', {}, 'written'],
  ['a set of another tool', { [syncLabel]: 'old', [partOfLabel]: 'applyset-other-v1' }, 'Conflict'],
  ['a set that only says so', { [partOfLabel]: setOf('old') }, 'Conflict'],
])('an object of %s is taken over with its namespace, or left to its owner', (_, labels, expected) => {
  const live = liveOrganizationObject({
    name: shop.metadata.name,
    uid: 'u',
    deleting: false,
    labels,
    annotations: {},
    finalizers: [],
    spec: {},
  });
  const { steps, reports } = decideApplies({
    objects: [{ object: organizationObject(shop, 'quay') }],
    lives: new Map([[live.key, live]]),
    last: undefined,
    kinds: new Map([['QuayOrganization.quayside.dev', organizationTraits]]),
    policy: {},
    set: setOf('quay'),
  });
  expect(live.key).toBe(organizationKey(shop.metadata.name));
  expect(steps.length === 1 ? 'written' : reports[0]?.reason).toBe(expected);
});
