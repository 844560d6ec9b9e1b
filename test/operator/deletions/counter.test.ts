import { expect, test } from '@jest/globals';
import type { ChangeSet, OrganizationResult } from '../../../src/converge/index.js';
import { createCounter, createCounters } from '../../../src/operator/deletions/counter.js';

const hour = 3_600_000;

const result = (organization: string, more: Partial<OrganizationResult>): OrganizationResult => ({
  organization,
  document: organization,
  decision: 'Gone',
  done: [],
  failed: [],
  notDone: [],
  ...more,
});
const changeSet = (...organizations: readonly OrganizationResult[]): Pick<ChangeSet, 'organizations'> => ({
  organizations,
});
const decided = (outcome: 'Delete' | 'Wait' | 'Release') =>
  ({ deletion: { outcome, reason: 'NamespaceGone', message: '' } }) as const;
const made = (
  change: { readonly type: 'DeleteOrganization' } | { readonly type: 'DeleteRepository'; repository: string },
) => ({ done: [{ change, action: 'delete', risk: 'destructive', words: '' }] }) as const;

test('a deletion that is retried counts once, each kind apart, and anew after an hour', () => {
  const counter = createCounter();
  expect(counter.count('organizations', ['a', 'b'], 0)).toBe(2);
  expect(counter.count('organizations', ['b', 'c'], 1)).toBe(1);
  expect(counter.count('repositories', ['a'], 1)).toBe(1);
  expect(counter.tried('organizations', hour - 1)).toEqual(['a', 'b', 'c']);
  expect(counter.tried('organizations', hour)).toEqual(['c']);
  expect(counter.count('organizations', ['b'], hour)).toBe(1);
});

test('a deletion that was made or released is complete, and one that failed or waits is not', () => {
  const counter = createCounter();
  counter.count('organizations', ['made', 'failed', 'waits', 'released'], 0);
  counter.count('repositories', ['lives/web', 'lives/api'], 0);
  counter.complete(
    changeSet(
      result('made', { ...decided('Delete'), ...made({ type: 'DeleteOrganization' }) }),
      result('failed', decided('Delete')),
      result('waits', decided('Wait')),
      result('released', decided('Release')),
      result('lives', { decision: 'Ours', ...made({ type: 'DeleteRepository', repository: 'web' }) }),
    ),
  );
  expect(counter.tried('organizations', 1)).toEqual(['failed', 'waits']);
  expect(counter.tried('repositories', 1)).toEqual(['lives/api']);
  expect(counter.count('organizations', ['made', 'failed'], 1)).toBe(1);
});

test('integrations count apart, also one that is made again under its name', () => {
  const counterOf = createCounters();
  const known = (name: string, uid: string) => ({ integration: { metadata: { name, uid } } });
  expect(counterOf(known('quay', '1')).count('organizations', ['a'], 0)).toBe(1);
  expect(counterOf(known('quay', '1')).count('organizations', ['a'], 1)).toBe(0);
  expect(counterOf(known('other', '2')).count('organizations', ['a'], 1)).toBe(1);
  expect(counterOf(known('quay', '3')).count('organizations', ['a'], 1)).toBe(1);
});
