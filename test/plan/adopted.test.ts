import { describe, expect, test } from '@jest/globals';
import { quayOrganizationSpec } from '../../src/api/index.js';
import { inventoryAfter, planOrganization, type Inventory, type ObservedOrganization } from '../../src/plan/index.js';
import { newOrganization, newRepository } from '../../src/plan/empty.js';
import { everyFeature } from '../../src/plan/offers.js';

const spec = quayOrganizationSpec.parse({
  integration: 'quay',
  name: 'demo',
  teams: [{ name: 'developers', role: 'member' }],
  repositories: [{ name: 'web', permissions: [{ kind: 'team', name: 'developers', role: 'read' }] }],
});

function found(team: 'member' | 'admin', repository: 'read' | 'admin' | undefined): ObservedOrganization {
  const base = newOrganization('demo', '', everyFeature);
  const first = { visibility: 'private', description: '' } as const;
  const permissions = repository === undefined ? undefined : [{ repository: 'web', role: repository }];
  const developers = { name: 'developers', role: team, description: '', members: [], synced: false };
  return {
    ...base,
    teams: [...base.teams, { ...developers, ...(permissions && { permissions }) }],
    repositories: [newRepository('web', first, everyFeature)],
  };
}

function plan(observed: ObservedOrganization, before?: Inventory) {
  const made = planOrganization({ spec, observed, origin: 'adopted', ...(before && { inventory: before }) });
  return {
    words: made.changes.map(({ words }) => words),
    skipped: made.skipped.map(({ what, reason }) => `${what} ${reason}`),
    after: inventoryAfter(before, made, made.changes),
  };
}

describe('what an adopted organization allows beyond its document', () => {
  test('stays for as long as it was found like that', () => {
    const first = plan(found('admin', 'admin'));
    const second = plan(found('admin', 'admin'), first.after);
    for (const { words, skipped } of [first, second]) {
      expect(words).toEqual([]);
      expect(skipped).toEqual([
        'permission/web/team/developers PreservedOnAdoption',
        'team/developers PreservedOnAdoption',
      ]);
    }
  });

  test('is taken back when somebody allowed it later', () => {
    const { after } = plan(found('member', 'read'));
    expect(plan(found('admin', 'admin'), after).words.toSorted()).toEqual([
      'give team developers read, was admin, on web',
      'make team developers member, was admin',
    ]);
  });

  test('is taken back when it was put right in between', () => {
    const { after } = plan(found('member', 'read'), plan(found('admin', 'admin')).after);
    expect(plan(found('admin', 'admin'), after).words).toHaveLength(2);
  });
});
