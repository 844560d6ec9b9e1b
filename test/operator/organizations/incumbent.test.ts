import { expect, test } from '@jest/globals';
import { type Claimant, incumbentOf } from '../../../src/operator/organizations/incumbent.js';
import { liveOrganization } from '../../../src/operator/watches/live-organization.js';

const claimant = (name: string, created: string, isProven: boolean): Claimant => ({
  live: liveOrganization({ metadata: { name, creationTimestamp: created }, spec: {} }),
  isProven,
});

test.each<[string, [Claimant, ...Claimant[]], string]>([
  ['alone', [claimant('a', '2026', false)], 'a'],
  ['who proves that it had it, before an older one', [claimant('a', '2020', false), claimant('b', '2026', true)], 'b'],
  ['the older one where neither proves it', [claimant('a', '2026', false), claimant('b', '2025', false)], 'b'],
  ['the older one where both prove it', [claimant('a', '2026', true), claimant('b', '2025', true)], 'b'],
  ['the first by name where both are as old', [claimant('b', '2026', false), claimant('a', '2026', false)], 'a'],
])('S22 an organization stays with %s', (_, claimants, name) => {
  expect(incumbentOf(claimants).name).toBe(name);
  expect(incumbentOf(claimants.toReversed() as [Claimant, ...Claimant[]]).name).toBe(name);
});
